"""Icarus for other programs: an HTTP API, and the Model Context Protocol over HTTP and standard input."""
