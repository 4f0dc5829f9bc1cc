"""The course: chapters in Markdown files, their checks, and what a check can ask of a graph."""
