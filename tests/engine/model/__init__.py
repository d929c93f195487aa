"""Tests of the networks and of translation."""
