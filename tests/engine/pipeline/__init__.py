"""Tests of mailboxes and meters."""
