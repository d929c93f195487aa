"""Measurements that take minutes, each a script of its own; threads wait as `main.py` has them."""

import os

os.environ.setdefault("GOMP_SPINCOUNT", "10000")
