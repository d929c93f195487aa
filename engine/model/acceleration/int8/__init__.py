"""What rounding the built-in model to 8 bits needs: measured ranges, grids, folded pictures."""
