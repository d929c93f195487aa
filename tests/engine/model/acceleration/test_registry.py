"""An accelerator is one file and one row: a made-up eighth one is offered, chosen and used."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from engine.accelerators import ACCELERATORS, AUTO, EAGER, OPENVINO, AcceleratorInfo
from engine.errors import DeviceError, TranslatableValue
from engine.frames import Size, StyledFrame
from engine.hardware import list_accelerators
from engine.interfaces import Wait
from engine.model.acceleration import registry
from engine.model.acceleration.base import AccelerationTarget, Accelerator
from engine.model.acceleration.registry import (
    accelerators_for,
    choose_accelerator,
    is_ready_at_once,
)
from engine.model.factory import build_translator
from engine.model.hardware import tuning
from engine.model.sampling.stream_spec import StreamSpec
from engine.model.styles.style_model import NoAcceleration, StyleModel
from engine.settings import BUILT_IN, BuildSettings, LiveSettings
from tests.tiny_model import frame

CPU, SIZE = torch.device("cpu"), Size(64, 64)


class Turbo(Accelerator):
    """Counts the models that it is given."""

    used = 0

    def available(self, device: torch.device, model: str) -> bool:
        return model == BUILT_IN and device.type == "cpu"

    def accelerate(self, model: StyleModel, target: AccelerationTarget) -> StyleModel:
        self.used += 1
        return replace(model, accelerate=TurboStream())


class TurboStream(NoAcceleration):
    """Inverts the prediction, so that nobody can miss it."""

    def __call__(self, spec: StreamSpec) -> StreamSpec:
        return spec.with_forward(lambda *inputs: -spec.unet(*inputs))


@pytest.fixture
def turbo(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Turbo:
    monkeypatch.setattr(tuning, "cache_dir", lambda: tmp_path)
    eighth = Turbo(AcceleratorInfo("turbo", TranslatableValue("Turbo"), ready_at_once=False))
    monkeypatch.setattr(registry, "ACCELERATORS", (*registry.ACCELERATORS, eighth))
    return eighth


def last_picture(accelerator: str) -> bytes:
    build = BuildSettings(size=SIZE, device="cpu", accelerator=accelerator)
    translator = build_translator(build, LiveSettings(flicker_reduction=0.0))
    results: list[StyledFrame] = []
    for number in range(10):
        translator.submit(frame(number, SIZE))
        results += translator.take_finished()
    results += translator.take_finished(Wait.END)
    translator.close()
    return results[-1].pixels.tobytes()


def test_a_new_row_is_offered_with_what_people_should_know(turbo: Turbo) -> None:
    offered = list_accelerators(BuildSettings(device="cpu"))
    assert offered[-1] == turbo.info
    assert turbo.info not in list_accelerators(BuildSettings("live2diff-sd15", device="cpu"))
    assert not is_ready_at_once("turbo")


def test_a_new_row_is_chosen_by_name_and_used(turbo: Turbo) -> None:
    assert last_picture("turbo") != last_picture("eager")
    assert turbo.used == 1


def test_a_new_row_is_not_chosen_unasked(turbo: Turbo) -> None:
    offered = accelerators_for(CPU)
    assert choose_accelerator(AUTO, offered).name == EAGER
    assert choose_accelerator("turbo", offered) is turbo


def test_where_there_is_openvino_the_program_chooses_it() -> None:
    by_name = {each.name: each for each in registry.ACCELERATORS}
    assert choose_accelerator(AUTO, [by_name[EAGER], by_name[OPENVINO]]).name == OPENVINO


def test_without_a_row_the_name_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(DeviceError, match="'turbo'") as told:
        last_picture("turbo")
    assert "auto, eager" in told.value.remedy


def test_the_table_of_code_and_the_table_of_data_are_the_same() -> None:
    assert tuple(each.info for each in registry.ACCELERATORS) == ACCELERATORS
