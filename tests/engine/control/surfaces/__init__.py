"""Tests of engine/control/surfaces."""
