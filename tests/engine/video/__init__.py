"""Tests of sources, sinks, fitting and the AI mark."""
