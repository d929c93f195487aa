"""Colours and shapes."""
