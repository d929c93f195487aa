"""OBS: the real one where it is installed, and a stand-in that speaks its protocol."""
