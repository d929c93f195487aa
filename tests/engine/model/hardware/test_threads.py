"""How threads share the CPU."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import pytest
import torch

from engine.model.hardware import threads


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = torch.get_num_threads(), cv2.getNumThreads()
    yield
    torch.set_num_threads(before[0])
    cv2.setNumThreads(before[1])


@pytest.mark.parametrize(("overlapped", "expected"), [(True, 2), (False, 4)])
def test_pytorch_and_opencv_leave_half_to_the_other_thread(
    monkeypatch: pytest.MonkeyPatch, *, overlapped: bool, expected: int
) -> None:
    monkeypatch.setattr(threads, "cpu_threads", lambda: 4)
    threads.share_cpu(overlapped=overlapped)
    assert (torch.get_num_threads(), cv2.getNumThreads()) == (expected, expected)
