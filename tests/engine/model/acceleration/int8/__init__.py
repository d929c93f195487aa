"""Tests of engine/model/acceleration/int8."""
