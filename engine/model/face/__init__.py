"""Reading faces: found, followed, and their 478 points, on the computer they are seen on."""
