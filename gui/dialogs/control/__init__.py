"""Remote control: programs and phones, OSC, MIDI, keys."""
