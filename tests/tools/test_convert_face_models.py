"""The converter, on a small network that OpenVINO wrote itself."""

from __future__ import annotations

import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from engine.model.acceleration.openvino.runtime import load_openvino
from engine.model.face.weights import DETECTOR, FILE, MESH
from tools import convert_face_models as converter

if find_spec("openvino") is None:
    pytest.skip("needs OpenVINO", allow_module_level=True)
openvino = load_openvino()
ops = openvino.opset13


class Small(nn.Module):
    """Two layers of the kinds that the face models have, and one more convolution if `deep`."""

    def __init__(self, *, deep: bool = False) -> None:
        super().__init__()
        self.stem, self.act = nn.Conv2d(3, 4, 3), nn.PReLU(4)
        self.depthwise = nn.Conv2d(4, 4, 3, groups=4)
        if deep:
            self.more = nn.Conv2d(4, 4, 1)


@pytest.fixture
def small() -> Small:
    torch.manual_seed(0)
    network = Small(deep=False).eval()
    nn.init.uniform_(network.act.weight)
    return network


def written(network: Small, path: Path) -> Path:
    """The network as a file of OpenVINO's own, its layers in the order of their computation."""
    x = ops.parameter([1, 3, 12, 12], name="picture")
    first = x
    for layer in network.children():
        if isinstance(layer, nn.PReLU):
            x = ops.prelu(x, layer.weight.detach().numpy())
        elif isinstance(layer, nn.Conv2d):
            x = convolved(x, layer)
    openvino.save_model(openvino.Model([x], [first], "small"), path, compress_to_fp16=False)
    return path


def convolved(x: object, layer: nn.Conv2d) -> object:
    weight, sides = layer.weight.detach().numpy(), ([1, 1], [0, 0], [0, 0], [1, 1])
    if layer.groups == 1:
        x = ops.convolution(x, weight, *sides)
    else:
        x = ops.group_convolution(x, weight[:, None], *sides)
    assert layer.bias is not None
    return ops.add(x, layer.bias.detach().numpy().reshape(1, -1, 1, 1))


def test_every_number_is_found_under_our_name(small: Small, tmp_path: Path) -> None:
    named = converter._named("face", Small(), written(small, tmp_path / "small.xml"))
    wanted = {f"face.{name}": value.half() for name, value in small.state_dict().items()}
    assert named.keys() == wanted.keys()
    for name, value in wanted.items():
        assert torch.equal(named[name], value), name


def test_a_file_of_more_layers_than_ours_is_refused(tmp_path: Path) -> None:
    path = written(Small(deep=True).eval(), tmp_path / "deep.xml")
    with pytest.raises(ValueError, match=r"deep\.xml has more layers than Small"):
        converter._named("face", Small(), path)


def test_a_layer_that_is_left_out_is_skipped_by_its_number(tmp_path: Path) -> None:
    deep = Small(deep=True).eval()
    named = converter._named("face", Small(), written(deep, tmp_path / "deep.xml"), skipped=(2,))
    assert torch.equal(named["face.depthwise.weight"], deep.depthwise.weight.half())


@pytest.mark.parametrize("arguments", [[], ["one"], ["one", "two", "three"]])
def test_other_arguments_are_answered_with_how_to_call_it(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["convert_face_models", *arguments])
    assert converter.main() == 2
    assert "python -m tools.convert_face_models" in capsys.readouterr().err


def test_both_networks_of_a_task_file_land_in_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str, bytes, tuple[int, ...]]] = []

    def named(
        prefix: str, network: nn.Module, path: Path, skipped: tuple[int, ...] = ()
    ) -> dict[str, Tensor]:
        asked.append((prefix, type(network).__name__, path.read_bytes(), skipped))
        return {f"{prefix}.weight": torch.ones(2)}

    with zipfile.ZipFile(tmp_path / "face.task", "w") as archive:
        archive.writestr("face_detector.tflite", b"detector")
        archive.writestr("face_landmarks_detector.tflite", b"mesh")
    monkeypatch.setattr(converter, "_named", named)
    monkeypatch.setattr("sys.argv", ["x", str(tmp_path / "face.task"), str(tmp_path / "new")])
    assert converter.main() == 0
    assert asked == [
        (DETECTOR, "FaceDetector", b"detector", ()),
        (MESH, "FaceMesh", b"mesh", (converter.TONGUE,)),
    ]
    assert (tmp_path / "new" / FILE).is_file()
