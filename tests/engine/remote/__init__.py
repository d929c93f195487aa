"""Tests of engine/remote."""
