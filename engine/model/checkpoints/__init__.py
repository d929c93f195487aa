"""Untrusted weight files: opened with care, recognised, and mapped to our parameter names."""
