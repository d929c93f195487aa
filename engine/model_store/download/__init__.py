"""Downloads: hosts, tokens, transfers that resume."""
