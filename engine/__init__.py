"""The restyling engine: frames in, styled frames out; works without Qt."""
