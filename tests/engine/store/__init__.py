"""Tests of the store: catalogue, downloads, local files."""
