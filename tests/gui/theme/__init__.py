"""Tests of gui/theme."""
