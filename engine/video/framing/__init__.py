"""Auto framing: a window upon the picture that follows whoever is in it, calmly."""
