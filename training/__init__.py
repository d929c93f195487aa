"""How the built-in model is made; nothing at run time imports it."""
