"""Measurements: quality metrics and speed benchmarks."""
