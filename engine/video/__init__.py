"""Where frames come from and where they go: sources, capture, watermark, sinks."""
