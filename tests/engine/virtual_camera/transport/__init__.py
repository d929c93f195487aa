"""Tests of engine/virtual_camera/transport."""
