"""The built-in model as OpenVINO graphs."""
