"""Frames on their way to another computer and back, and the translator made of that."""
