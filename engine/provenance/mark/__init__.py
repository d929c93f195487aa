"""The invisible mark: a pattern that is added to every styled frame, and found again."""
