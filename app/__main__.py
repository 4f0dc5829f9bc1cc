"""`python -m app` is `autograd-playground`."""

import sys

from app.cli import main

sys.exit(main())
