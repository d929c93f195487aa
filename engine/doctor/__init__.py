"""Checks what a working camera needs, one condition at a time, each with a remedy."""
