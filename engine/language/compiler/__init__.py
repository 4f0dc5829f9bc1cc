"""From the checked tree to nested closures: each node becomes a function of the frame before anything runs."""
