"""Tests of engine/model/face."""
