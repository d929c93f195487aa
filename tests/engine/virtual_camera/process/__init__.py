"""Tests of engine/virtual_camera/process."""
