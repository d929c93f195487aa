"""Tests of gui/panes."""
