"""Models and styles: what there is, what is here, how it is fetched and checked."""
