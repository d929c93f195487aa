"""Where frames come from and where they go: sources, sinks, fitting, overlay."""
