"""What a working camera needs, looked at one condition at a time, each with a remedy."""
