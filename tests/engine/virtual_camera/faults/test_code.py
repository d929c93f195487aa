"""Which code the publisher runs: its own, wherever and however it is started."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.virtual_camera.client import PublisherClient
from engine.virtual_camera.launch import LAUNCHER, clean_environment
from engine.virtual_camera.protocol import PublisherState
from tests.engine.virtual_camera.faults.application import camera_settings
from tests.engine.virtual_camera.faults.stage import Stage
from tests.engine.virtual_camera.helpers import wait_until

ROOT = LAUNCHER.parents[3]

_APPLICATION = """
import sys, time
from pathlib import Path
from engine.frames import Size
from engine.virtual_camera.client import PublisherClient
from engine.virtual_camera.protocol import CameraSettings
device = "stand-in:" + sys.argv[2]
client = PublisherClient(CameraSettings(Size(96, 64), 60, device=device), folder=Path(sys.argv[1]))
client.start()
print(client.wait_until_known(20).state.value)
client.close()
"""


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[Path]:
    """A folder whose modules leave a mark when they are imported."""
    hostile = tmp_path / "hostile"
    for name in ("engine", "cv2", "numpy", "filelock", "site-packages", "sitecustomize"):
        (hostile / name).mkdir(parents=True)
        (hostile / name / "__init__.py").write_text(
            f"open({str(tmp_path / 'ran')!r}, 'a').write({name!r})\nraise SystemExit(9)"
        )
    yield hostile
    ran = tmp_path / "ran"
    assert not ran.exists(), f"foreign code ran: {ran.read_text()}"


def _code_of(stage: Stage) -> str:
    log = (stage.folder / "publisher.log").read_text()
    return log.rpartition("with the code in ")[2].splitlines()[0]


def _publish_from(stage: Stage, root: Path, cwd: Path, **environment: str) -> None:
    """An application of that tree, started there."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(root)!r})\n{_APPLICATION}",
         str(stage.folder), str(stage.folder.parent / "camera")],
        cwd=cwd, env={**os.environ, "PYTHONPATH": "", **environment},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout == "sending\n", done.stderr


def test_in_a_checkout_the_publisher_runs_the_checkouts_code(stage: Stage) -> None:
    _publish_from(stage, ROOT, ROOT)
    assert _code_of(stage) == str(ROOT)


def test_neither_the_working_directory_nor_pythonpath_changes_the_code(
    stage: Stage, hostile: Path
) -> None:
    """The publisher alone: its application would itself fall for such a folder."""
    settings = camera_settings(stage.folder)
    process = subprocess.Popen(
        [sys.executable, "-I", str(LAUNCHER), "--folder", str(stage.folder),
         "--size", str(settings.size), "--device", settings.device],
        cwd=hostile, env={**clean_environment(), "PYTHONPATH": str(hostile)},
    )  # fmt: skip
    wait_until(lambda: stage.log.count > 0)
    assert _code_of(stage) == str(ROOT)
    process.terminate()
    process.wait()


def test_the_application_hands_no_hostile_path_on(
    stage: Stage, hostile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(hostile))
    monkeypatch.setenv("LD_PRELOAD", "")
    monkeypatch.setenv("HF_TOKEN", "secret")
    monkeypatch.chdir(hostile)
    assert {"PYTHONPATH", "LD_PRELOAD", "HF_TOKEN"}.isdisjoint(clean_environment())
    client = PublisherClient(camera_settings(stage.folder), folder=stage.folder)
    client.start()
    assert client.wait_until_known(20).state is PublisherState.SENDING
    assert _code_of(stage) == str(ROOT)
    environment = Path(f"/proc/{stage.publisher}/environ").read_bytes()
    assert b"PYTHONPATH" not in environment
    assert Path(f"/proc/{stage.publisher}/cwd").readlink() == Path("/")
    client.close()


def test_installed_elsewhere_the_publisher_runs_the_installed_code(
    stage: Stage, tmp_path: Path
) -> None:
    """As `pip install --target` lays it out: the packages side by side, no checkout around."""
    target = tmp_path / "target"
    shutil.copytree(ROOT / "engine", target / "engine", ignore=shutil.ignore_patterns("model"))
    (target / "resources").mkdir()
    shutil.copy(ROOT / "resources" / "__init__.py", target / "resources")
    shutil.copytree(ROOT / "resources" / "placeholder", target / "resources" / "placeholder")
    _publish_from(stage, target, tmp_path)
    assert _code_of(stage) == str(target)
