"""Recorded numbers of the authors' networks; README.md tells what made them."""
