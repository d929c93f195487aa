"""The virtual camera's own small process, and the application's side of it."""
