"""Every sentence of the engine can be translated, and says what belongs into it."""

import ast
import string
from pathlib import Path

import pytest

from tools import translations
from tools.translations import sentences

FORMATTER = string.Formatter()


def write(folder: Path, code: str) -> Path:
    path = folder / "engine" / "part.py"
    path.parent.mkdir()
    path.write_text(code, encoding="utf-8")
    return path


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    return tmp_path


def test_literals_constants_and_choices_are_found(root: Path) -> None:
    write(
        root,
        '_SET_UP = "Set it up."\n'
        'raise SinkError("It is not there.", _SET_UP)\n'
        'raise SourceError("{a} is gone.", "Wait." if a else "Go.", a=TranslatableValue("it"))\n',
    )
    assert sentences() == ["Go.", "It is not there.", "Set it up.", "Wait.", "it", "{a} is gone."]


def test_a_sentence_with_its_values_already_in_it_is_refused(root: Path) -> None:
    write(root, 'raise SinkError(f"{name} is full.", "Wait.")\n')
    with pytest.raises(ValueError, match=r"part\.py:1: .*pass its values by name"):
        sentences()


def test_errors_that_only_the_terminal_shows_are_left_out(root: Path) -> None:
    folder = root / "engine" / "evaluation"
    folder.mkdir(parents=True)
    (folder / "app.py").write_text('raise SinkError(f"{name} is full.", "Wait.")\n')
    assert sentences() == []


def calls() -> list[tuple[str, ast.Call]]:
    """Every error of the engine and the window, and where it stands."""
    return [
        (f"{path}:{node.lineno}", node)
        for part in ("engine", "gui")
        for path in sorted((translations.ROOT / part).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in translations._TEMPLATES
    ]


def test_every_place_in_a_sentence_has_its_value() -> None:
    """A value that is missing would be an error within an error."""
    wrong = []
    for where, call in calls():
        given = {keyword.arg for keyword in call.keywords}
        texts = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
        places = {place for t in texts for _, place, *_ in FORMATTER.parse(str(t)) if place}
        if None not in given and not places <= given:
            wrong.append(f"{where}: {places - given}")
    assert wrong == []
