"""Tests of the virtual camera's process and of the application's side of it."""
