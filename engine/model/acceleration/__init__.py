"""Other ways to compute the same network: OpenVINO, compilers, xformers; arithmetic in 8 bits."""
