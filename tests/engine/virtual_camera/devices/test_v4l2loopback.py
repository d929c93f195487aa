"""Finding our device in a made-up sysfs and /proc."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.errors import SinkError
from engine.frames import Size
from engine.virtual_camera.devices.v4l2loopback import (
    DeviceFormat,
    LoopbackDevice,
    ReaderCount,
    device_files,
    device_format,
    loopbacks,
    module_version,
    open_elsewhere,
    our_device,
)


def _driver(sysfs: Path, version: str = "0.12.7", refcnt: int = 0) -> None:
    folder = sysfs / "module" / "v4l2loopback"
    folder.mkdir(parents=True)
    (folder / "version").write_text(f"{version}\n")
    (folder / "refcnt").write_text(f"{refcnt}\n")


def _device(sysfs: Path, number: int, label: str, format_text: str = "") -> None:
    folder = sysfs / "devices" / "virtual" / "video4linux" / f"video{number}"
    folder.mkdir(parents=True)
    for name, text in (("name", label), ("max_openers", "10"), ("format", format_text)):
        (folder / name).write_text(f"{text}\n")
    links = sysfs / "class" / "video4linux"
    links.mkdir(parents=True, exist_ok=True)
    (links / folder.name).symlink_to(folder)


def _control_tool(sysfs: Path) -> Path:
    """A folder with a `v4l2loopback-ctl` that adds /dev/video7, once, with the name given."""
    folder, device = sysfs / "bin", sysfs / "devices" / "virtual" / "video4linux" / "video7"
    folder.mkdir()
    tool = folder / "v4l2loopback-ctl"
    tool.write_text(
        '#!/bin/sh\n[ "$1 $2 $4 $5" = "add --name --exclusive-caps 1" ] || exit 1\n'
        f'/bin/mkdir {device} && echo "$3" >{device}/name && echo 10 >{device}/max_openers\n'
    )
    tool.chmod(0o755)
    return folder


def _process(proc: Path, name: str, *opened: str) -> None:
    folder = proc / name / "fd"
    folder.mkdir(parents=True)
    for index, target in enumerate(opened):
        (folder / str(index)).symlink_to(target)


def test_ours_is_found_among_others_by_its_name(tmp_path: Path) -> None:
    _driver(tmp_path)
    _device(tmp_path, 2, "OBS Virtual Camera")
    _device(tmp_path, 10, "Live2Diff Camera")
    assert our_device(tmp_path).node == Path("/dev/video10")
    assert sorted(device.ours for device in loopbacks(tmp_path)) == [False, True]


def test_anothers_device_is_never_taken(tmp_path: Path) -> None:
    _driver(tmp_path)
    _device(tmp_path, 2, "OBS Virtual Camera")
    with pytest.raises(SinkError, match="no camera device called"):
        our_device(tmp_path)


@pytest.mark.parametrize(("version", "can"), [("0.12.7", False), ("0.13.2", True)])
def test_a_driver_that_can_is_asked_for_our_device(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, can: bool
) -> None:
    _driver(tmp_path, version)
    _device(tmp_path, 2, "OBS Virtual Camera")
    monkeypatch.setenv("PATH", str(_control_tool(tmp_path)))
    if can:
        assert our_device(tmp_path).node == Path("/dev/video7")
        assert len(loopbacks(tmp_path)) == 2
    else:
        with pytest.raises(SinkError, match="no camera device called"):
            our_device(tmp_path)


def test_a_missing_driver_is_named_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(SinkError, match="not loaded") as caught:
        our_device(tmp_path)
    assert "virtual_camera.sh install" in caught.value.remedy


def test_the_drivers_version_is_read(tmp_path: Path) -> None:
    assert module_version(tmp_path) is None
    _driver(tmp_path, "0.12.7")
    assert module_version(tmp_path) == (0, 12, 7)


def test_a_format_held_by_a_reader_is_read_and_a_free_device_has_none(tmp_path: Path) -> None:
    _device(tmp_path, 3, "Live2Diff Camera", "YUYV:640x480@30")
    _device(tmp_path, 4, "Live2Diff Camera")
    held = device_format(LoopbackDevice(Path("/dev/video3"), ""), tmp_path)
    assert held == DeviceFormat("YUYV", Size(640, 480))
    assert device_format(LoopbackDevice(Path("/dev/video4"), ""), tmp_path) is None


@pytest.mark.parametrize(("refcnt", "watched"), [(1, False), (2, True)])
def test_handles_beyond_our_own_mean_that_somebody_watches(
    tmp_path: Path, refcnt: int, watched: bool
) -> None:
    _driver(tmp_path, refcnt=refcnt)
    _device(tmp_path, 10, "Live2Diff Camera")
    _process(tmp_path / "proc", "self", "/dev/video10", "/dev/null")
    device = our_device(tmp_path)
    assert ReaderCount(device, sysfs=tmp_path, proc=tmp_path / "proc").anybody() is watched


@pytest.mark.parametrize(("node", "watched"), [("/dev/video10", True), ("/dev/video2", None)])
def test_with_several_devices_the_open_files_of_programs_decide(
    tmp_path: Path, node: str, watched: bool | None
) -> None:
    _driver(tmp_path, refcnt=2)
    _device(tmp_path, 2, "OBS Virtual Camera")
    _device(tmp_path, 10, "Live2Diff Camera")
    _process(tmp_path / "proc", "self", "/dev/video10")
    _process(tmp_path / "proc", "999999999", node)
    watch = ReaderCount(our_device(tmp_path), sysfs=tmp_path, proc=tmp_path / "proc")
    assert watch.anybody() is watched


def test_a_device_that_another_process_has_open_is_seen(tmp_path: Path) -> None:
    node = tmp_path / "video10"
    node.touch()
    code = "import sys; file = open(sys.argv[1]); print(); sys.stdin.read()"
    reader = subprocess.Popen(
        [sys.executable, "-c", code, str(node)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert reader.stdout is not None
    reader.stdout.readline()
    assert open_elsewhere(node, {os.getpid()})
    assert not open_elsewhere(node, {os.getpid(), reader.pid})
    reader.communicate()


def test_the_device_files_are_those_of_our_device_and_of_the_driver(tmp_path: Path) -> None:
    assert device_files(tmp_path) == []
    _driver(tmp_path)
    _device(tmp_path, 3, "Another camera")
    assert device_files(tmp_path) == []
    _device(tmp_path, 9, "Live2Diff Camera")
    assert device_files(tmp_path) == [Path("/dev/video9"), Path("/dev/v4l2loopback")]
