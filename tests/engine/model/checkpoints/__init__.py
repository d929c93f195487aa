"""Tests of engine/model/checkpoints."""
