"""What every test stands on."""

from __future__ import annotations

import os

# Small networks gain nothing by threads, and lose much where the machine is busy otherwise.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
