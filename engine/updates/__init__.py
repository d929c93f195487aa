"""News of newer versions, for users who want them: a signed list, and the installer it names."""
