"""What the window knows, apart from any widget."""
