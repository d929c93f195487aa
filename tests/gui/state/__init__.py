"""Tests of gui/state."""
