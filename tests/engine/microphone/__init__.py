"""The microphone in step with the picture."""
