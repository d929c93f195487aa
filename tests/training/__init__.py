"""Tests of the training: teachers, moving stills, plans."""
