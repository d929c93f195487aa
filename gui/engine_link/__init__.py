"""Where the window meets the engine."""
