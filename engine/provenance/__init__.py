"""What tells of a picture that AI made it: the invisible mark, signed credentials, both checked."""
