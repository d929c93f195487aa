"""The developers' tools."""
