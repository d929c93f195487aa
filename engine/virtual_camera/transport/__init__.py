"""How messages and memory get from the application to the publisher, on each system."""
