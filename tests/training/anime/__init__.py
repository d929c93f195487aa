"""Tests of the drawing teacher; those that read faces need its own environment."""
