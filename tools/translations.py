"""Updates the translations: texts in the code -> Linguist's files -> the shipped files.

    python -m tools.translations        or `make translations`; then fill in what it lists

The window's texts are found by Qt's own lupdate. The engine knows no Qt: its sentences are the
templates of its errors, found here in the code itself.
"""

from __future__ import annotations

import ast
import inspect
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree

from engine import errors
from engine.paths import RESOURCES
from gui.paths import TRANSLATIONS
from gui.text.languages import LANGUAGES
from gui.text.wording import ERRORS

ROOT = RESOURCES.parent
TRANSLATED = tuple(code for code in LANGUAGES if code != "en")
NOT_IN_THE_WINDOW = ("evaluation", "server")
"""Parts of the engine whose errors only the terminal shows."""

_BIN = Path(sys.executable).parent
_TEMPLATES = {
    name: 2
    for name, kind in vars(errors).items()
    if inspect.isclass(kind) and issubclass(kind, errors.EngineError)
} | {"TranslatableValue": 1, "failed": 3}
"""How many of a call's first arguments are sentences; `failed` is a check of the doctor."""


def main() -> int:
    """Update, compile, and list what is still untranslated; 1 if there is any."""
    files = [TRANSLATIONS / f"live2diff_{code}.ts" for code in TRANSLATED]
    gather(files)
    for path in files:
        _run("pyside6-lrelease", str(path), "-qm", str(path.with_suffix(".qm")), "-silent")
    lacking = [
        f"{path.name}: {context}: {source}\n"
        for path in files
        for (context, source), words in texts(path).items()
        if not words
    ]
    sys.stdout.writelines(lacking)
    return int(bool(lacking))


def gather(files: Sequence[Path]) -> None:
    """Update Linguist's files from the code; existing translations are kept."""
    sources = [str(path) for path in sorted((ROOT / "gui").rglob("*.py"))]
    with tempfile.TemporaryDirectory() as folder:
        listing = Path(folder, "errors.py")
        lines = (f"QT_TRANSLATE_NOOP({json.dumps(ERRORS)}, {_quoted(s)})\n" for s in sentences())
        listing.write_text("".join(lines), encoding="utf-8")
        options = ["-no-obsolete", "-locations", "none", "-source-language", "en", "-silent"]
        _run("pyside6-lupdate", *sources, str(listing), *options, "-ts", *map(str, files))


def texts(path: Path) -> dict[tuple[str, str], str]:
    """(context, source) -> translation of a Linguist file; "" where it is unfinished."""
    found = {}
    for context in ElementTree.parse(path).getroot().iter("context"):  # noqa: S314 - our own
        name = context.findtext("name", "")
        for message in context.iter("message"):
            translation = message.find("translation")
            done = translation is not None and translation.get("type") is None
            words = (translation.text or "") if translation is not None and done else ""
            found[name, message.findtext("source", "")] = words
    return found


def sentences() -> list[str]:
    """Every sentence of the engine's errors that the window may show, sorted.

    Raises ValueError for one that is not a plain text and could not be translated.
    """
    paths = [*(ROOT / "engine").rglob("*.py"), *(ROOT / "gui").rglob("*.py")]
    shown = [p for p in paths if p.relative_to(ROOT).parts[1] not in NOT_IN_THE_WINDOW]
    return sorted({text for path in shown for text in _sentences_of(path)})


def _sentences_of(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    constants = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        kind = call.func.id if isinstance(call.func, ast.Name) else ""
        for template in call.args[: _TEMPLATES.get(kind, 0)]:
            try:
                yield from _plain(template, constants)
            except ValueError as error:
                raise ValueError(f"{path.relative_to(ROOT)}:{call.lineno}: {error}") from error


def _plain(node: ast.expr, constants: dict[str, ast.expr]) -> Iterator[str]:
    """The text of a literal or of a constant of its file; both of a choice."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.Name(id=name) if name in constants:
            yield from _plain(constants[name], constants)
        case ast.IfExp(body=one, orelse=other):
            yield from _plain(one, constants)
            yield from _plain(other, constants)
        case ast.Starred():
            return  # passed on from elsewhere
        case _:
            raise ValueError(f"{ast.unparse(node)} is not a plain text: pass its values by name")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _run(tool: str, *arguments: str) -> None:
    subprocess.run([str(_BIN / tool), *arguments], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
