"""What the window does beyond showing: recordings, previews of styles."""
