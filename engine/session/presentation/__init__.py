"""When results are shown: as they come, or at a steady rate with interpolated pictures between."""
