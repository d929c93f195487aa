"""What the developers run by hand; not part of the program."""
