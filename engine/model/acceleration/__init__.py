"""Other ways to compute the same network: compilers, int8, OpenVINO, xformers."""
