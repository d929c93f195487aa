"""Tests of engine/model/styles."""
