"""Control from outside the window: commands, access, and the ways in. No torch, no Qt."""
