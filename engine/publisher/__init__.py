"""The virtual camera's own small process: shared memory, pacing, placeholder."""
