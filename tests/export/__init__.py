"""Exports, read by what they are for. A package, so that their tests close the browser that they share."""
