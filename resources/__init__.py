"""Data that the program carries: icons, texts, styles, the built-in model."""
