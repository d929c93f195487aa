"""Tests of gui/features/control."""
