"""Which browser the page is tested in."""

import shutil

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MISSING = "no Chromium found: `apt-get install chromium` brings one"
