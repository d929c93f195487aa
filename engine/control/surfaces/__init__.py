"""Other ways in: OSC, MIDI, and keys that work in every program."""
