"""The publisher, the virtual camera's own process: started by `launcher.py`."""
