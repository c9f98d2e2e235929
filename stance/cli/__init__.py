"""The command line: each command parses, calls the library, renders, and sets the exit code."""

from stance.cli.app import app, main

__all__ = ["app", "main"]
