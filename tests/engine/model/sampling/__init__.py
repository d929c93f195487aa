"""Tests of engine/model/sampling."""
