"""The real window, live for an hour with a fault every minute: `python -m tests.soak`."""
