"""The built-in model in 8-bit integers, by oneDNN."""
