"""How a character is drawn from what was read; numpy and OpenCV alone."""
