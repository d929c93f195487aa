"""What is asked of OBS, by the requests of obs-websocket 5.

Source: https://github.com/obsproject/obs-websocket/blob/master/docs/generated/protocol.md
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from engine.errors import SinkError

Call = Callable[[str, dict[str, Any]], Awaitable[dict[str, Any]]]
"""Sends one request, by its name and data; gives the answer's data. Raises SinkError."""

_LOOKS, _LOOKS_EVERY_S = 20, 0.1

LONGEST_OFFSET_MS = 20_000
"""What OBS accepts."""

_DEVICES = (
    ("v4l2_input", "device_id"),
    ("pipewire-camera-source", "device_id"),
    ("dshow_input", "video_device_id"),
    ("macos-avcapture", "device"),
    ("av_capture_input", "device"),
)
"""The kinds of camera sources of each system, and the property that names the camera."""

_MICROPHONES = (
    "pulse_input_capture", "alsa_input_capture", "jack_output_capture",
    "pipewire-audio-input-capture", "wasapi_input_capture", "coreaudio_input_capture",
)  # fmt: skip


async def list_microphones(call: Call) -> tuple[str, ...]:
    """The names of the inputs in OBS that capture sound."""
    answer = await call("GetInputList", {})
    return tuple(
        str(one["inputName"])
        for one in answer.get("inputs", ())
        if one.get("unversionedInputKind", one.get("inputKind")) in _MICROPHONES
    )


async def add_camera(call: Call, name: str, devices: tuple[str, ...]) -> None:
    """Make the camera a source of the scene that is on air, or point the one there is to it.

    name: the source's. devices: texts, one of which OBS's own entry for the camera contains.
    """
    scene = str((await call("GetCurrentProgramScene", {}))["currentProgramSceneName"])
    inputs = (await call("GetInputList", {})).get("inputs", ())
    if name in (one["inputName"] for one in inputs):
        kind = next(str(one["unversionedInputKind"]) for one in inputs if one["inputName"] == name)
        await _point_to_camera(call, name, dict(_DEVICES).get(kind, "device_id"), devices)
        await _show_in(call, name, scene)
        return
    for kind, property_name in await _usable_kinds(call):
        await call("CreateInput", {
            "sceneName": scene, "inputName": name, "inputKind": kind, "inputSettings": {},
            "sceneItemEnabled": True,
        })  # fmt: skip
        try:
            await _point_to_camera(call, name, property_name, devices)
        except SinkError:
            await _remove(call, name)
        else:
            return
    raise SinkError(
        "OBS does not find the camera.", "Start the camera here first, then add it again."
    )


async def set_delay(call: Call, microphone: str, milliseconds: int) -> None:
    """Make a microphone late by this much, unless it is already."""
    offset = max(0, min(milliseconds, LONGEST_OFFSET_MS))
    name = {"inputName": microphone}
    answer = await call("GetInputAudioSyncOffset", name)
    if answer.get("inputAudioSyncOffset") != offset:
        await call("SetInputAudioSyncOffset", name | {"inputAudioSyncOffset": offset})


async def _remove(call: Call, name: str) -> None:
    """Remove an input and wait until its name is free: OBS lets go of it a moment later."""
    await call("RemoveInput", {"inputName": name})
    for _ in range(_LOOKS):
        inputs = (await call("GetInputList", {})).get("inputs", ())
        if name not in (one["inputName"] for one in inputs):
            return
        await asyncio.sleep(_LOOKS_EVERY_S)


async def _usable_kinds(call: Call) -> list[tuple[str, str]]:
    answer = await call("GetInputKindList", {"unversioned": True})
    known = set(answer.get("inputKinds", ()))
    return [(kind, name) for kind, name in _DEVICES if kind in known]


async def _point_to_camera(
    call: Call, name: str, property_name: str, devices: tuple[str, ...]
) -> None:
    answer = await call(
        "GetInputPropertiesListPropertyItems", {"inputName": name, "propertyName": property_name}
    )
    for item in answer.get("propertyItems", ()):
        words = f"{item.get('itemName')}\n{item.get('itemValue')}"
        if any(device in words for device in devices):
            await call("SetInputSettings", {
                "inputName": name, "inputSettings": {property_name: item["itemValue"]},
            })  # fmt: skip
            return
    raise SinkError(
        "OBS does not find the camera.", "Start the camera here first, then add it again."
    )


async def _show_in(call: Call, name: str, scene: str) -> None:
    items = (await call("GetSceneItemList", {"sceneName": scene})).get("sceneItems", ())
    if name not in (one["sourceName"] for one in items):
        await call("CreateSceneItem", {"sceneName": scene, "sourceName": name})
