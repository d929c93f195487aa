"""The virtual camera: our side of it, and its own process."""
