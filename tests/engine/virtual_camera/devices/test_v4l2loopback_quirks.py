"""Setting an old driver right, on a made-up one; the real one is in tests/virtual_camera."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import pytest

from engine.virtual_camera.devices.v4l2loopback import LoopbackDevice
from engine.virtual_camera.devices.v4l2loopback_quirks import ResetKeeper, forgets, marks_badly

MAPPED = 1
PAGE = 4096


@pytest.mark.parametrize(
    ("version", "is_bad_at_marking", "is_forgetful"),
    [("0.12.7", True, True), ("0.13.2", False, True), ("0.15.0", False, False)],
)
def test_the_drivers_version_decides_what_has_to_be_set_right(
    tmp_path: Path, version: str, is_bad_at_marking: bool, is_forgetful: bool
) -> None:
    _driver(tmp_path).joinpath("version").write_text(f"{version}\n")
    assert marks_badly(tmp_path) is is_bad_at_marking
    assert forgets(tmp_path) is is_forgetful


def test_a_driver_that_does_not_say_its_version_is_an_old_one(tmp_path: Path) -> None:
    _driver(tmp_path)
    assert marks_badly(tmp_path)
    assert forgets(tmp_path)


def test_a_forgotten_buffer_is_mapped_again_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mapped: list[int] = []
    monkeypatch.setattr("fcntl.ioctl", _FakeBuffers(MAPPED, 0, MAPPED).ioctl)
    monkeypatch.setattr("mmap.mmap", lambda *_, offset, **__: _Mapping(mapped, offset))
    (tmp_path / "video10").touch()
    driver = ResetKeeper(LoopbackDevice(tmp_path / "video10", "Live2Diff Camera"))
    driver.remind()
    driver.close()
    assert mapped == [PAGE]


def test_a_device_that_does_not_answer_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "video10").touch()
    driver = ResetKeeper(LoopbackDevice(tmp_path / "video10", "Live2Diff Camera"))
    driver.remind()
    driver.close()


def _driver(sysfs: Path) -> Path:
    folder = sysfs / "module" / "v4l2loopback"
    folder.mkdir(parents=True)
    return folder


class _FakeBuffers:
    """Answers VIDIOC_QUERYBUF for buffers of one page each; past the last it begins again."""

    def __init__(self, *flags: int) -> None:
        self._flags = flags

    def ioctl(self, handle: int, request: int, asked: bytes) -> bytes:
        assert os.fstat(handle)
        if len(asked) != 88:
            raise OSError("no format")
        index = struct.unpack_from("=I", asked)[0] % len(self._flags)
        answer = bytearray(asked)
        struct.pack_into("=I", answer, 12, self._flags[index])
        struct.pack_into("=I", answer, 64, index * PAGE)
        return bytes(answer)


class _Mapping:
    def __init__(self, mapped: list[int], offset: int) -> None:
        mapped.append(offset)

    def close(self) -> None:
        """Nothing to let go of."""
