"""Tests of gui/features."""
