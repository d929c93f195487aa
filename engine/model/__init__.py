"""The causal video diffusion model: network, KV cache, noise schedule, translation."""
