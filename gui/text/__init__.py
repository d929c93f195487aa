"""Texts: the languages, and the engine's sentences in them."""
