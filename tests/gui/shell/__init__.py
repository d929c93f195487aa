"""Tests of gui/shell."""
