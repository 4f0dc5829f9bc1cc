"""What the page's panels ask of a program beside its graph: curves, surfaces, a check of every gradient."""
