"""Tests of engine/model/acceleration/openvino."""
