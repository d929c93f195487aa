"""The command `verify`: what files say about whether AI made them, in words and as JSON."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from engine.errors import EngineError
from engine.evaluation.reports import check_writable, write_report
from engine.paths import APP_NAME
from engine.provenance.credentials.reading import Credentials
from engine.provenance.verification import Mark, Verification, read_roots, verify

AI_MADE, NOTHING_SAYS_SO, BAD_INPUT = 0, 1, 2


def verify_files(files: list[Path], report: Path | None, trust: Path | None, out: Console) -> int:
    """Check each file and print what was found; gives the exit status.

    Raises EngineError for bad input; where there are several files, the others are checked first.
    """
    if report is not None:
        check_writable(report)
    roots = "" if trust is None else read_roots(trust)
    found: list[tuple[Path, Verification]] = []
    errors: list[EngineError] = []
    for path in files:
        try:
            found.append((path, verify(path, roots)))
        except EngineError as error:
            errors.append(error)
            continue
        _print(*found[-1], out)
    if report is not None and found:
        _write(report, found, alone=len(files) == 1)
    for earlier in errors[:-1]:
        out.print(str(earlier), soft_wrap=True, style="yellow", markup=False)
    if errors:
        raise errors[-1]
    return AI_MADE if all(each.ai_made for _, each in found) else NOTHING_SAYS_SO


def _write(path: Path, found: list[tuple[Path, Verification]], *, alone: bool) -> None:
    reports = [{"file": str(file), **each.report()} for file, each in found]
    write_report(path, reports[0] if alone else reports)


def _print(path: Path, found: Verification, out: Console) -> None:
    verdict = f"AI-made by {APP_NAME}" if found.ai_made else f"nothing says it is from {APP_NAME}"
    out.print(f"{path}: {verdict}", soft_wrap=True, markup=False, highlight=False)
    for line in (_credentials(found.credentials), _mark(found.mark)):
        out.print(f"  {line}", soft_wrap=True, markup=False, highlight=False)


def _credentials(found: Credentials) -> str:
    if not found.present:
        return "credentials: none"
    if not found.valid:
        return f"credentials: present, but not valid ({', '.join(found.problems) or 'unreadable'})"
    trust = "trusted" if found.trusted else "not vouched for by a certificate trusted here"
    return (
        f"credentials: valid, {trust}; signed by {found.signer or 'unknown'} ({found.issuer}), "
        f"made by {found.program} {found.version}"
    )


def _mark(found: Mark) -> str:
    if not found.present:
        return f"invisible mark: not found (score {found.score:g} of 6)"
    version = found.version or "unreadable"
    return (
        f"invisible mark: found (score {found.score:g}), version {version}, from second "
        f"{found.second:g}{', mirrored' if found.mirrored else ''}"
    )
