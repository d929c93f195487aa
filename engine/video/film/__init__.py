"""Reads the films of others: one probe, one clock, pictures and sound side by side."""
