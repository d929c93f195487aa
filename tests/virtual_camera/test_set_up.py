"""The set-up script makes the device, and takes away no more than it made."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.virtual_camera.conftest import PublisherWitness
from tests.virtual_camera.consumers import HERE

SCRIPT = HERE.parents[1] / "installer" / "linux" / "virtual_camera.sh"
OPTIONS = Path("/etc/modprobe.d/live2diff-camera.conf")
LOADING = Path("/etc/modules-load.d/live2diff-camera.conf")
OTHERS = Path("/etc/modprobe.d/another-program.conf")
DRIVER = Path("/sys/module/v4l2loopback")


def _set_up(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(SCRIPT), *arguments, "--yes"], capture_output=True, text=True, check=False
    )


@pytest.fixture(autouse=True)
def _device_stands(camera: PublisherWitness) -> Iterator[None]:
    """Every test begins and ends with the device in place."""
    yield
    OTHERS.unlink(missing_ok=True)
    assert _set_up("install", "--no-packages").returncode == 0


def test_removing_takes_the_files_and_the_driver_away() -> None:
    assert _set_up("status").stdout.splitlines()[-1] == "/dev/video10"
    assert _set_up("remove").returncode == 0
    assert not OPTIONS.exists()
    assert not LOADING.exists()
    assert not DRIVER.exists()
    assert _set_up("status").returncode == 1


def test_installing_says_what_it_does_and_writes_its_own_two_files() -> None:
    _set_up("remove")
    done = _set_up("install", "--no-packages")
    assert str(OPTIONS) in done.stdout
    assert str(LOADING) in done.stdout
    assert "is ready: /dev/video10" in done.stdout
    assert OPTIONS.exists()
    assert LOADING.exists()


def test_another_programs_options_are_left_alone_and_named() -> None:
    _set_up("remove")
    OTHERS.write_text('options v4l2loopback devices=1 card_label="Another"\n')
    done = _set_up("install", "--no-packages")
    assert done.returncode != 0
    assert str(OTHERS) in done.stderr
    assert OTHERS.read_text() == 'options v4l2loopback devices=1 card_label="Another"\n'
    assert not OPTIONS.exists()
    subprocess.run(["modprobe", "-r", "v4l2loopback"], check=False)
