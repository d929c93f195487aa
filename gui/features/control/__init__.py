"""Control from outside the window: the commands carried out, the status told, the ways in."""
