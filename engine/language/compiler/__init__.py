"""From the checked tree to nested closures: every node becomes one function of the frame, once, before anything runs."""
