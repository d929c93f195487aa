"""OBS Studio beside this program: the camera as a source, and the sound late by as much."""
