"""The engine on another computer: what both ends of the wire share, and the end that asks."""
