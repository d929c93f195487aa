"""Tests of engine/video/sinks."""
