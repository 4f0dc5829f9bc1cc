"""Programs run in boxed processes, here or on a cluster."""
