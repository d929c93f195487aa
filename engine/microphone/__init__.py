"""The microphone, late by as much as the picture, so that lips and voice agree."""
