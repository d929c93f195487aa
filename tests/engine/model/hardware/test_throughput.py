"""The estimate that is given before a slow start."""

import pytest
import torch

from engine.frames import Size
from engine.model.hardware import throughput as expectation
from engine.model.hardware.throughput import estimate_cpu_fps, expected_fps, product_seconds
from engine.settings import BuildSettings

SMALL, LARGE = Size(256, 256), Size(512, 512)


def test_more_steps_and_pixels_are_slower() -> None:
    assert expected_fps(SMALL, 2, 0.01) == pytest.approx(expected_fps(SMALL, 1, 0.01) / 2)
    assert 4.0 < expected_fps(SMALL, 1, 0.01) / expected_fps(LARGE, 1, 0.01) < 5.0


def test_a_product_is_timed() -> None:
    assert 0.0 < product_seconds(torch.float32) < 10.0


def test_only_a_published_model_on_a_processor_has_something_to_tell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(expectation, "product_seconds", lambda _: 0.01)
    published = BuildSettings(model="live2diff-sd15", size=SMALL, device="cpu")
    assert estimate_cpu_fps(published, 1) == pytest.approx(expected_fps(SMALL, 1, 0.01))
    assert estimate_cpu_fps(BuildSettings(device="cpu"), 1) is None
    monkeypatch.setattr(expectation, "choose_device", lambda _: torch.device("cuda"))
    assert estimate_cpu_fps(published, 1) is None
