"""The graph service and its page: settings, routes and workers around `engine`, and no mathematics."""

__version__ = "0.1.0"
