"""Content Credentials (C2PA): signed statements in or beside a file."""
