"""Denoising a stream: noise, steps, and changes without a gap."""
