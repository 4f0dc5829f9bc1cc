"""Short links: what one holds, where they are kept, and for how long."""
