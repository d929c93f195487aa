import os
import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tools import lock
from tools.lock import FOLDER, LOCKS, ROOT, without_cuda

tomllib = pytest.importorskip("tomllib")


def entries(name: str) -> list[str]:
    text = (FOLDER / name).read_text(encoding="utf-8")
    return [e for e in re.split(r"^(?=[a-z0-9])", text, flags=re.M) if not e.startswith("#")]


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_and_every_file_has_a_hash(name: str) -> None:
    for entry in entries(name):
        assert re.match(r"[a-z0-9-]+==\S+", entry), entry
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry


@pytest.mark.parametrize("name", LOCKS)
def test_all_dependencies_are_in_the_lock_in_versions_that_are_allowed(name: str) -> None:
    pins = dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", (FOLDER / name).read_text(), re.M))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"]]
    for extra in LOCKS[name]:
        wanted += project["optional-dependencies"][extra]
    for requirement in map(Requirement, wanted):
        key = requirement.name.lower().replace("_", "-")
        if key != "torch":
            assert key in pins, requirement
            assert requirement.specifier.contains(pins[key]), requirement


def test_torch_is_pinned_to_a_version_that_is_allowed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (wanted,) = [Requirement(r) for r in project["dependencies"] if Requirement(r).name == "torch"]
    pinned = Requirement(Path(FOLDER, "torch.txt").read_text().strip())
    assert wanted.specifier.contains(str(pinned.specifier).removeprefix("=="))


def test_what_only_a_cuda_build_needs_is_left_out() -> None:
    given = (
        "numpy==2 \\\n    --hash=sha256:0\nnvidia-nccl-cu13==2 \\\n    --hash=sha256:1\nzipp==4\n"
    )
    assert without_cuda(given) == "numpy==2 \\\n    --hash=sha256:0\nzipp==4\n"


@pytest.mark.skipif(os.name != "posix", reason="the uv of this test is a shell script")
@pytest.mark.parametrize(("status", "written"), [(0, True), (1, False)])
def test_a_lock_is_written_only_if_every_system_can_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: int, written: bool
) -> None:
    """uv's resolver takes a version that was published for one system alone."""
    uv = tmp_path / "uv"
    uv.write_text(
        "#!/bin/sh\n"
        "[ $2 = install ] || { echo numpy==2; exit 0; }\n"
        'case "$*" in *windows*) [ "$(tail -n 1)" = numpy==2 ] || exit 3; exit '
        f"{status} ;; esac\n"
    )
    uv.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    locks = tmp_path / "lock"
    locks.mkdir()
    monkeypatch.setattr(lock, "FOLDER", locks)
    assert lock.main() == status
    assert {path.name for path in locks.iterdir()} == (set(LOCKS) if written else set())
