"""The folders of training data and results."""

from __future__ import annotations

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("LIVE2DIFF_TEST_DATA", PROJECT.parent / "shared"))
RUNS = PROJECT / "training" / "runs"
SHARDS = RUNS / "stills"
WALLPAPERS = RUNS / "wallpapers"
BUILT_IN = PROJECT / "resources" / "models" / "built_in"
STYLES = PROJECT / "resources" / "styles"
