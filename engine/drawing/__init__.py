"""Faces drawn as characters, by vectors: by the program over a live picture, and by the teacher."""
