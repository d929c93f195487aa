"""One stream from source to sinks, and the thread that runs it."""
