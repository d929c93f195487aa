"""The torch network finds what MediaPipe's own file does."""

from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from engine.errors import ModelError
from engine.frames import Pixels, Size
from engine.model.acceleration.openvino import person
from engine.model.acceleration.openvino.inference import OpenVinoCallable
from engine.model.acceleration.openvino.runtime import units_present
from engine.model.person.mask import PersonMask
from engine.model.person.network import PersonNetwork
from engine.model.person.weights import load_person_network
from engine.video.sources.demo import demo_source

ORIGINAL = """
0 0 0 0 14 547 912 1000 1000 971 392 0 0 0 0 0
0 0 0 0 33 932 1000 1000 1000 1000 722 0 0 0 0 0
0 0 0 0 56 369 998 1000 1000 571 57 0 0 0 0 0
0 0 0 311 917 1000 1000 1000 989 415 26 0 0 0 0 0
0 233 681 995 1000 1000 1000 1000 1000 1000 755 117 0 0 0 0
352 988 1000 1000 1000 1000 1000 1000 1000 1000 1000 982 402 0 0 0
821 1000 1000 1000 1000 1000 1000 1000 1000 1000 1000 1000 963 115 0 0
926 1000 1000 1000 1000 1000 1000 1000 1000 1000 1000 999 997 519 426 399
1000 1000 1000 1000 1000 1000 1000 1000 993 952 1000 974 842 676 699 855
"""
"""The mask of the demo's first frame by the original file in ai-edge-litert 2.3.0, in thousandths,
averaged over squares of 16 pixels."""


@pytest.fixture(scope="module")
def portrait() -> Pixels:
    source = demo_source(Size(512, 512), live=False)
    source.open()
    frame = source.read()
    assert frame is not None
    return np.asarray(frame.pixels)


@pytest.mark.parametrize("load", [load_person_network, person.quickest_person_network])
def test_the_mask_is_that_of_the_original(load: object, portrait: Pixels) -> None:
    mask = PersonMask(load).read(portrait)  # type: ignore[arg-type]
    assert mask is not None
    wanted = np.array(ORIGINAL.split(), float).reshape(9, 16) / 1000.0
    found = cv2.resize(mask, (16, 9), interpolation=cv2.INTER_AREA)
    assert np.abs(found - wanted).max() < 0.01


@pytest.mark.openvino
@pytest.mark.skipif("CPU" not in units_present(), reason="needs OpenVINO")
def test_where_openvino_fails_pytorch_goes_on(
    portrait: Pixels, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = person.quickest_person_network()
    expected = PersonMask(load_person_network).read(portrait)

    def fail(*_: object) -> None:
        raise RuntimeError("no more")

    monkeypatch.setattr(OpenVinoCallable, "__call__", fail)
    mask = PersonMask(lambda: network).read(portrait)
    assert mask is not None
    assert expected is not None
    np.testing.assert_allclose(mask, expected, atol=1e-5)


def test_without_openvino_it_is_the_network_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(person, "units_present", tuple)
    assert isinstance(person.quickest_person_network(), PersonNetwork)


def test_weights_that_are_gone_or_damaged_are_an_error_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="finds people cannot be loaded"):
        load_person_network(tmp_path)
    (tmp_path / "person.safetensors").write_bytes(b"no weights")
    with pytest.raises(ModelError, match="Install the program again"):
        load_person_network(tmp_path)


def test_pictures_are_read_one_by_one_or_together() -> None:
    network, pictures = load_person_network(), torch.rand(2, 3, 144, 256)
    (together,) = network(pictures)
    assert together.shape == (2, 1, 144, 256)
    (one,) = network(pictures[:1])
    torch.testing.assert_close(together[:1], one, atol=1e-5, rtol=0.0)
