"""Checks for computers with an NVIDIA GPU."""
