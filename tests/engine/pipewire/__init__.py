"""What is built for PipeWire without PipeWire."""
