"""Other programs that this one starts, such as a browser, load their own libraries."""

import os

original = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if original is not None:
    os.environ["LD_LIBRARY_PATH"] = original
else:
    os.environ.pop("LD_LIBRARY_PATH", None)  # this process has been loaded by it already
