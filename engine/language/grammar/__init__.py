"""Everything before a program runs: text to tree, the closed list of forms, scopes, names, inputs."""
