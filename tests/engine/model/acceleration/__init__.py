"""Tests of engine/model/acceleration."""
