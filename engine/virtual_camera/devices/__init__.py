"""The drivers behind the virtual camera."""
