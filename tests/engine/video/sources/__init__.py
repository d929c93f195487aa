"""Tests of engine/video/sources."""
