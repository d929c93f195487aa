"""The dialog for streamers: sound in step, OBS, a broadcast."""
