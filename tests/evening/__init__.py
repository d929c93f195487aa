"""A show's evening with the real program, seen and heard by other programs."""
