"""The window: PySide6, no torch."""
