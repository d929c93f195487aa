"""Stable Diffusion 1.5 with the weights of Live2Diff."""
