"""Tests of engine/model/network."""
