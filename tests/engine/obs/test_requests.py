"""What is asked of OBS, answered by a stand-in that keeps what it is told, as OBS does."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from engine.errors import SinkError
from engine.obs.requests import add_camera, list_microphones, set_delay

NAME, DEVICES = "Live2Diff Camera", ("/dev/video9", "live2diff-camera")


class StandIn:
    """The part of OBS that is talked to. cameras: for each kind, what its list shows."""

    def __init__(self, **cameras: list[dict[str, Any]]) -> None:
        self.kinds = {kind.replace("__", "-"): items for kind, items in cameras.items()}
        self.inputs: dict[str, dict[str, Any]] = {}
        self.scenes: dict[str, list[str]] = {"Scene": [], "Other": []}
        self.scene = "Scene"
        self.told: list[str] = []

    async def call(self, name: str, data: dict[str, Any]) -> dict[str, Any]:
        self.told.append(name)
        answer: dict[str, Any] = getattr(self, f"_{name}")(data) or {}
        return answer

    def add(self, name: str, kind: str) -> None:
        self.inputs[name] = {"kind": kind, "settings": {}, "offset": 0}

    def _GetCurrentProgramScene(self, data: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        return {"currentProgramSceneName": self.scene}

    def _GetInputList(self, data: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        return {"inputs": [
            {"inputName": name, "inputKind": one["kind"], "unversionedInputKind": one["kind"]}
            for name, one in self.inputs.items()
        ]}  # fmt: skip

    def _GetInputKindList(self, data: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        return {"inputKinds": list(self.kinds)}

    def _CreateInput(self, data: dict[str, Any]) -> None:  # noqa: N802
        self.add(data["inputName"], data["inputKind"])
        self.scenes[data["sceneName"]].append(data["inputName"])

    def _RemoveInput(self, data: dict[str, Any]) -> None:  # noqa: N802
        del self.inputs[data["inputName"]]
        for items in self.scenes.values():
            items[:] = [one for one in items if one != data["inputName"]]

    def _GetInputPropertiesListPropertyItems(self, data: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        return {"propertyItems": self.kinds[self.inputs[data["inputName"]]["kind"]]}

    def _SetInputSettings(self, data: dict[str, Any]) -> None:  # noqa: N802
        self.inputs[data["inputName"]]["settings"] |= data["inputSettings"]

    def _GetSceneItemList(self, data: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        return {"sceneItems": [{"sourceName": one} for one in self.scenes[data["sceneName"]]]}

    def _CreateSceneItem(self, data: dict[str, Any]) -> None:  # noqa: N802
        self.scenes[data["sceneName"]].append(data["sourceName"])

    def _GetInputAudioSyncOffset(self, data: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        return {"inputAudioSyncOffset": self.inputs[data["inputName"]]["offset"]}

    def _SetInputAudioSyncOffset(self, data: dict[str, Any]) -> None:  # noqa: N802
        self.inputs[data["inputName"]]["offset"] = data["inputAudioSyncOffset"]


DEVICE = [{"itemName": "HD Webcam", "itemValue": "/dev/video0"},
          {"itemName": "Live2Diff Camera", "itemValue": "/dev/video9"}]  # fmt: skip
NODE = [{"itemName": "Live2Diff Camera", "itemValue": "live2diff-camera"}]
WEBCAM = [{"itemName": "HD Webcam", "itemValue": "/dev/video0"}]


def test_the_camera_becomes_a_source_of_the_scene_on_air() -> None:
    obs = StandIn(v4l2_input=DEVICE)
    asyncio.run(add_camera(obs.call, NAME, DEVICES))
    assert obs.inputs[NAME]["settings"] == {"device_id": "/dev/video9"}
    assert obs.scenes == {"Scene": [NAME], "Other": []}


def test_where_only_pipewire_has_it_that_kind_is_used_and_nothing_else_stays() -> None:
    obs = StandIn(v4l2_input=WEBCAM, pipewire__camera__source=NODE)
    asyncio.run(add_camera(obs.call, NAME, DEVICES))
    assert list(obs.inputs) == [NAME]
    assert obs.inputs[NAME]["kind"] == "pipewire-camera-source"


def test_a_second_click_adds_it_to_another_scene_but_makes_no_second_source() -> None:
    obs = StandIn(v4l2_input=DEVICE)
    asyncio.run(add_camera(obs.call, NAME, DEVICES))
    asyncio.run(add_camera(obs.call, NAME, DEVICES))
    obs.scene = "Other"
    asyncio.run(add_camera(obs.call, NAME, DEVICES))
    assert obs.scenes == {"Scene": [NAME], "Other": [NAME]}
    assert obs.told.count("CreateInput") == 1


def test_a_source_that_points_elsewhere_is_put_right() -> None:
    obs = StandIn(v4l2_input=DEVICE)
    asyncio.run(add_camera(obs.call, NAME, DEVICES))
    obs.inputs[NAME]["settings"]["device_id"] = "/dev/video0"
    asyncio.run(add_camera(obs.call, NAME, DEVICES))
    assert obs.inputs[NAME]["settings"]["device_id"] == "/dev/video9"


def test_a_camera_that_obs_does_not_list_is_an_error_and_leaves_nothing() -> None:
    obs = StandIn(v4l2_input=WEBCAM)
    with pytest.raises(SinkError, match="does not find the camera"):
        asyncio.run(add_camera(obs.call, NAME, DEVICES))
    assert not obs.inputs


def test_microphones_are_told_from_other_inputs() -> None:
    obs = StandIn()
    obs.add("Voice", "pulse_input_capture")
    obs.add("Film", "ffmpeg_source")
    assert asyncio.run(list_microphones(obs.call)) == ("Voice",)


@pytest.mark.parametrize(("asked", "set_to"), [(250, 250), (-5, 0), (99_999, 20_000)])
def test_the_delay_stays_within_what_obs_accepts(asked: int, set_to: int) -> None:
    obs = StandIn()
    obs.add("Voice", "pulse_input_capture")
    asyncio.run(set_delay(obs.call, "Voice", asked))
    assert obs.inputs["Voice"]["offset"] == set_to


def test_a_delay_that_is_right_is_not_set_again() -> None:
    obs = StandIn()
    obs.add("Voice", "pulse_input_capture")
    asyncio.run(set_delay(obs.call, "Voice", 250))
    asyncio.run(set_delay(obs.call, "Voice", 250))
    assert obs.told.count("SetInputAudioSyncOffset") == 1
