"""Loaded models: the built-in one, and Stable Diffusion 1.5."""
