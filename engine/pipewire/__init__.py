"""The user's PipeWire, by its own library: what the camera and the microphone have in common."""
