"""Tests of engine/control/web."""
