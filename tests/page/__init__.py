"""The page in a browser. A package, so that the browser its tests share is closed after the last of them."""
