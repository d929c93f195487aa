"""Tests of engine/model/styles/sd15."""
