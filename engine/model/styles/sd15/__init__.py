"""Stable Diffusion 1.5 with the published Live2Diff weights."""
