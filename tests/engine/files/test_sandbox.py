import os
import time
from pathlib import Path

import pytest

from engine.errors import ModelError, SettingError
from engine.files.sandbox import Work, run_bounded


def size(path: Path) -> str:
    return str(path.stat().st_size)


def greedy(_: Path) -> str:
    return str(len(bytearray(2 << 30)))


def endless(_: Path) -> str:
    while True:
        pass


def asleep(_: Path) -> str:
    time.sleep(60)
    return ""


def dying(_: Path) -> str:
    os.abort()


def refusing(path: Path) -> str:
    raise SettingError("{file} has {count} faults.", "Mend it.", file=path.name, count=3)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "x.bin"
    path.write_bytes(b"12345")
    return path


def test_what_the_child_finds_comes_back(file: Path) -> None:
    assert run_bounded(size, file, seconds=10, megabytes=200) == "5"


def test_an_error_comes_back_as_it_was_raised(file: Path) -> None:
    with pytest.raises(SettingError, match="has 3 faults") as caught:
        run_bounded(refusing, file, seconds=10, megabytes=200)
    assert caught.value.remedy == "Mend it."


@pytest.mark.parametrize("work", [greedy, endless, asleep, dying])
def test_what_takes_too_much_is_stopped_and_told(file: Path, work: Work) -> None:
    began = time.monotonic()
    with pytest.raises(ModelError, match="took too much"):
        run_bounded(work, file, seconds=2, megabytes=200)
    assert time.monotonic() - began < 60
