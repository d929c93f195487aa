"""Faults of both sides and of the system, by a reader that sees every picture sent."""
