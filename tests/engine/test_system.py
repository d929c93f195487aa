import sys

import numpy as np
import psutil
import pytest

from engine.system import release_free_memory


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the allocator gives it back")
def test_memory_that_was_freed_in_many_pieces_goes_back_to_the_system() -> None:
    process = psutil.Process()
    pieces = [np.ones(10_000, np.uint8) for _ in range(10_000)]
    kept = pieces[::100]
    held = process.memory_info().rss
    del pieces
    release_free_memory()
    assert held - process.memory_info().rss > 50e6
    assert len(kept) == 100
