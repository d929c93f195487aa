"""--engine and --code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.options import RunOptions, job_of
from engine.errors import ElsewhereError, EngineError, SettingError
from engine.remote import pairing
from engine.settings import Styled
from tests.engine.remote.server import CODE, Conduct, Server


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(pairing, "_known", {})
    styles = [{"name": name, "title": name.title()} for name in ("glow", "ink")]
    server = Server(Conduct(styles=styles)).start()
    yield server
    server.close()


def options(server: Server, **more: object) -> RunOptions:
    return RunOptions(input="demo", output="none", engine=server.address, **more)  # type: ignore[arg-type]


def test_the_job_is_for_the_other_computer_and_its_first_style(server: Server) -> None:
    warnings: list[EngineError] = []
    job = job_of(options(server, code=CODE), warnings.append)
    assert (job.build.engine, job.live.style, job.automatic) == (server.address, "glow", False)
    again = job_of(options(server, style="ink"))  # paired by now
    assert again.live.style == "ink"


def test_each_mistake_has_its_sentence(server: Server) -> None:
    with pytest.raises(ElsewhereError, match="is not paired"):
        job_of(options(server))
    with pytest.raises(SettingError, match="does not accept this code"):
        job_of(options(server, code="ZZZZ-ZZZZ"))
    with pytest.raises(SettingError, match="computes with the model built-in"):
        job_of(options(server, code=CODE, model="other"))
    with pytest.raises(SettingError, match="has no style 'oil'"):
        job_of(options(server, style="oil"))
    with pytest.raises(SettingError, match="styles the whole picture only"):
        job_of(options(server, styled=Styled.PERSON))
    with pytest.raises(SettingError, match="A code pairs with an engine"):
        job_of(RunOptions(input="demo", output="none", code=CODE))
    with pytest.raises(SettingError, match="not the address"):
        job_of(RunOptions(input="demo", output="none", engine="ftp://x:1", code=CODE))


def test_a_code_is_not_spent_on_a_mistake_elsewhere(server: Server, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="There is no file"):
        job_of(
            RunOptions(
                input=str(tmp_path / "none.mp4"), output="none", engine=server.address, code=CODE
            )
        )
    assert not pairing._known


def test_a_run_needs_no_torch_here(server: Server, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    program = f"""
import sys
from main import main
sys.argv = ["main.py", "run", "--engine", "{server.address}", "--code", "{CODE}", "--input",
    "synthetic", "--output", "none", "--frames", "40", "--size", "128x128",
    "--report", {str(report)!r}]
try:
    status = main()
except SystemExit as end:
    status = end.code
assert "torch" not in sys.modules
sys.exit(status)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    figures = json.loads(report.read_text())
    assert figures["frames_out"] > 0
    assert figures["network_ms"] > 0
    assert figures["style"] == "glow"
