"""One module a file format: the content of a file becomes Documents."""
