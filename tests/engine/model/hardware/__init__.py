"""Tests of engine/model/hardware."""
