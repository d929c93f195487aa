"""Tests of engine/concurrency."""
