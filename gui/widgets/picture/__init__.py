"""The picture in the window: what is to be seen of it, and the two ways in which it is drawn."""
