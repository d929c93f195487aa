"""What a streamer needs beside the picture: sound in step, OBS, a broadcast."""
