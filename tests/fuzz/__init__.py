"""Hostile input by the hundred thousand: `python -m tests.fuzz SECONDS`."""
