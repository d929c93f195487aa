"""Other ways to compute the same network: OpenVINO, compilers, xformers; and arithmetic in 8 bits."""
