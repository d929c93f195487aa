"""Tests of engine/model_store/download."""
