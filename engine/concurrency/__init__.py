"""What threads hand to each other, and how they end."""
