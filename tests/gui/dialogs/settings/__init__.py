"""Tests of gui/dialogs/settings."""
