"""The publisher, the virtual camera's own process: `python -m engine.virtual_camera.process`."""
