"""Dialogs: first run, responsible use, settings, help."""
