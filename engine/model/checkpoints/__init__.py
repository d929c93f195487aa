"""Weight files of others: opened with distrust, recognised, renamed."""
