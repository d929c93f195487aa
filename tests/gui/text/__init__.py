"""Tests of gui/text."""
