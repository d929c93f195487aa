"""The camera and the microphone of PipeWire, against a real PipeWire without a screen."""
