"""Tests of gui/dialogs/control."""
