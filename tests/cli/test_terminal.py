"""Names as they are, in whatever terminal."""

from __future__ import annotations

import io
import sys

import pytest

from cli.terminal import make_console, tolerate_any_text


def test_names_are_printed_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    make_console().print("wrote Title [id] [red]x[/] :cat:.mp4", soft_wrap=True)
    assert capsys.readouterr().out == "wrote Title [id] [red]x[/] :cat:.mp4\n"


def test_what_a_terminal_cannot_show_becomes_a_question_mark(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paper = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(paper, encoding="cp1252"))
    tolerate_any_text()
    make_console().print("wrote 影 \udcff é.mp4", soft_wrap=True)
    sys.stdout.flush()
    assert paper.getvalue().decode("cp1252") == "wrote ? ? é.mp4\n"
