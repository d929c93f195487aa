"""Broadcasts to real peers on this computer."""
