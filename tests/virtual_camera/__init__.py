"""The virtual camera end to end, in a virtual machine with a real device; see README.md."""
