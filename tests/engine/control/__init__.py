"""Tests of engine/control."""
