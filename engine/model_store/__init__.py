"""Models and styles: the catalogue, and what is installed of it."""
