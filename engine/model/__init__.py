"""The causal video diffusion model: network, window, schedule, translation."""
