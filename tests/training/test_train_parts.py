"""Heads to learn the parts of, and what is learned."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from torch import Tensor, nn

from engine.drawing.landmarks import OVAL, face_of
from engine.drawing.palette import decided
from engine.drawing.parts import CLOTHES, HAIR, PARTS, REST, SKIN
from engine.model.face.head_parts import PARTS_SIDE, SEEN, HeadPartsNetwork
from engine.model.face.weights import load_parts_network
from tests.engine.drawing.conftest import found_at
from tests.engine.drawing.seen import BROWN
from training import train_parts
from training.anime.packs import SHAPES, Pair, PairFace, write_pack
from training.train_parts import (
    BEYOND,
    LabelledHead,
    batch,
    export,
    heads,
    losses,
    overlaps,
    told_of,
)

TONES = {SKIN: (220, 170, 140), CLOTHES: (40, 60, 160), HAIR: (60, 30, 20), REST: (200, 210, 200)}


@pytest.fixture
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[LabelledHead]:
    """Somebody of plain shapes, in a pack with labels."""
    face = face_of(found_at(192.0, 180.0, 110.0))
    labels = np.full((384, 384), REST, np.uint8)
    cv2.ellipse(labels, (192, 330), (130, 80), 0, 0, 360, CLOTHES, -1)
    cv2.ellipse(labels, (192, 165), (62, 72), 0, 0, 360, HAIR, -1)
    cv2.fillConvexPoly(labels, cv2.convexHull(face.points[list(OVAL)].astype(np.int32)), SKIN)
    picture = np.zeros((384, 384, 3), np.uint8)
    for label, tone in TONES.items():
        picture[labels == label] = tone
    points = face.points.astype(np.float32)
    one = PairFace(points, points, (0.0, 0.0), np.zeros(len(SHAPES), np.float32), decided([BROWN]))
    packs, told = tmp_path / "packs", tmp_path / "parts"
    packs.mkdir()
    told.mkdir()
    write_pack(packs / "train-000.npz", [Pair("face-1", picture, picture, (one,))])
    np.savez(told / "train-000.npz", labels=labels[None])
    monkeypatch.setattr(train_parts, "PACKS", packs)
    monkeypatch.setattr(train_parts, "LABELS", told)
    monkeypatch.setattr(train_parts, "RUNS", tmp_path)
    return heads("train-*.npz")


def test_without_packs_the_command_is_named_that_makes_them(found: list[LabelledHead]) -> None:
    assert len(found) == 1
    with pytest.raises(FileNotFoundError, match=r"training\.anime\.parts"):
        heads("held-*.npz")


def test_a_batch_has_its_shapes_and_ranges(found: list[LabelledHead]) -> None:
    seen, told = batch(found, 3, np.random.default_rng(0))
    assert seen.shape == (3, PARTS_SIDE, PARTS_SIDE, SEEN)
    assert seen.dtype == torch.uint8
    assert told.shape == (3, PARTS, PARTS_SIDE, PARTS_SIDE)
    assert 0.0 <= float(told.min()) <= float(told.max()) <= 1.0
    assert float(told.sum(1).max()) <= 1.01


def test_labels_lie_upon_what_is_seen(found: list[LabelledHead]) -> None:
    """Mirrored, turned and moved alike: hair is dark, in whatever light."""
    random = np.random.default_rng(1)
    for _ in range(8):
        seen, told = batch(found, 1, random)
        light = seen[0, ..., :3].float().mean(2)
        hair, skin = (light[told[0, part] > 0.9].mean() for part in (HAIR, SKIN))
        assert hair < skin


def test_it_learns(found: list[LabelledHead]) -> None:
    torch.manual_seed(0)
    model = HeadPartsNetwork((8, 8, 8, 8))
    optimiser = torch.optim.Adam(model.parameters(), 1e-2)
    lost = []
    for step in range(30):
        total = losses(model, found, np.random.default_rng(step))["total"]
        optimiser.zero_grad()
        total.backward()
        optimiser.step()
        lost.append(float(total.detach()))
    assert np.mean(lost[-5:]) < 0.7 * np.mean(lost[:5])


class Knowing(nn.Module):
    """Tells parts by their tones."""

    def forward(self, x: Tensor) -> tuple[Tensor]:
        tones = torch.tensor([TONES[part] for part in range(PARTS)]).float()
        apart = (x[..., None, :3].float() - tones).abs().sum(4)
        return (torch.softmax(-0.2 * apart, dim=3),)


def test_overlaps_are_whole_for_what_knows_all(found: list[LabelledHead]) -> None:
    assert min(overlaps(Knowing(), found)) > 0.9
    assert max(overlaps(nn.Sequential(Knowing(), _Other()), found)) < 0.2


class _Other(nn.Module):
    def forward(self, told: tuple[Tensor]) -> tuple[Tensor]:
        return (told[0].roll(1, dims=3),)


def test_what_lies_beyond_the_picture_is_no_part(found: list[LabelledHead]) -> None:
    edge = replace(found[0], face=replace(found[0].face, points=found[0].face.points - (150, 0)))
    _, _, label = told_of(Knowing(), edge)
    assert (label == BEYOND).any()


def test_what_is_exported_is_what_ships(
    found: list[LabelledHead], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found
    monkeypatch.setattr(train_parts, "FOLDER", tmp_path)
    model = HeadPartsNetwork()
    torch.save({"average": model.state_dict()}, tmp_path / train_parts.NAME)
    export()
    loaded = load_parts_network(torch.device("cpu"), tmp_path)
    x = torch.randint(0, 256, (1, PARTS_SIDE, PARTS_SIDE, SEEN), dtype=torch.uint8)
    torch.testing.assert_close(loaded(x)[0], model(x)[0], atol=0.01, rtol=0)
