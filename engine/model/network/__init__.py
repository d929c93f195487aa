"""The network: UNet, temporal attention with its KV cache, autoencoder."""
