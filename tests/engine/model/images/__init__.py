"""Tests of engine/model/images."""
