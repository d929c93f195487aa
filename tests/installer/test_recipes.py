"""The installers' own texts and scripts, as far as a machine without a bundle can tell."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest

from cli.app import app
from engine.installation import PUBLISHER

ROOT = Path(__file__).parents[2]
LINUX = ROOT / "installer" / "linux"
SHARE = LINUX / "share"
ID = "io.live2diff.Camera"
pytestmark = pytest.mark.skipif(os.name != "posix", reason="these are scripts for Linux")


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home of mine"
    (folder / ".local/share/live2diff-camera").mkdir(parents=True)
    (folder / ".local/share/live2diff-camera/model").write_text("kept")
    return folder


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """What `build_tar.sh` packs, with a small program."""
    folder = tmp_path / "live2diff-camera-1.0.0"
    program = folder / "live2diff-camera" / "live2diff-camera"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\necho started\n")
    program.chmod(0o755)
    shutil.copytree(SHARE, folder / "share/applications")
    icons = folder / "share/icons/hicolor/48x48/apps"
    icons.mkdir(parents=True)
    (icons / f"{ID}.png").write_bytes(b"png")
    shutil.copy(LINUX / "install.sh", folder)
    return folder


def files_of(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}


def test_the_archive_installs_and_removes_itself_without_root(archive: Path, home: Path) -> None:
    before = files_of(home)
    done = run("sh", str(archive / "install.sh"), HOME=str(home))
    assert done.returncode == 0, done.stderr
    assert run(str(home / ".local/bin/live2diff-camera")).stdout == "started\n"
    menu = (home / f".local/share/applications/{ID}.desktop").read_text()
    assert f'Exec="{home}/.local/opt/live2diff-camera/live2diff-camera"' in menu
    assert run("sh", str(archive / "install.sh"), HOME=str(home)).returncode == 0, "again"
    assert run("sh", str(archive / "install.sh"), "--remove", HOME=str(home)).returncode == 0
    assert files_of(home) == before


def test_half_an_archive_changes_nothing(archive: Path, home: Path) -> None:
    before = files_of(home)
    shutil.rmtree(archive / "live2diff-camera")
    done = run("sh", str(archive / "install.sh"), HOME=str(home))
    assert done.returncode == 1
    assert "unpack the whole archive" in done.stderr
    assert files_of(home) == before


def test_another_program_of_that_name_is_left_alone(archive: Path, home: Path) -> None:
    other = home / ".local/bin/live2diff-camera"
    other.parent.mkdir(parents=True)
    other.write_text("mine")
    assert run("sh", str(archive / "install.sh"), HOME=str(home)).returncode == 1
    run("sh", str(archive / "install.sh"), "--remove", HOME=str(home))
    assert other.read_text() == "mine"


def test_a_link_to_another_copy_is_left_alone(archive: Path, home: Path) -> None:
    link = home / ".local/bin/live2diff-camera"
    link.parent.mkdir(parents=True)
    link.symlink_to("/usr/bin/true")
    assert run("sh", str(archive / "install.sh"), HOME=str(home)).returncode == 1
    run("sh", str(archive / "install.sh"), "--remove", HOME=str(home))
    assert link.readlink() == Path("/usr/bin/true")


@pytest.mark.parametrize(
    "script",
    sorted(path for path in (ROOT / "installer").rglob("*.sh")),
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_every_script_can_be_parsed_by_the_shell_it_names(script: Path) -> None:
    shell = "bash" if "bash" in script.read_text().splitlines()[0] else "sh"
    done = run(shell, "-n", str(script))
    assert done.returncode == 0, done.stderr


def test_the_manual_names_every_command() -> None:
    manual = (SHARE / "live2diff-camera.1").read_text()
    commands = {
        command.name or command.callback.__name__
        for command in app.registered_commands
        if command.callback is not None
    } | {group.name for group in app.registered_groups}
    described = set(re.findall(r"^\.TP\n\.B (\w+)$", manual, re.MULTILINE))
    assert described == commands


def test_menu_and_store_data_name_the_same_program_and_version() -> None:
    tree = ElementTree.parse(SHARE / f"{ID}.metainfo.xml")
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert tree.findtext("id") == ID
    assert tree.findtext("launchable") == f"{ID}.desktop"
    release = tree.find("releases/release")
    assert release is not None
    assert release.get("version") == version
    assert f"Icon={ID}" in (SHARE / f"{ID}.desktop").read_text()


def test_the_bundle_has_the_publisher_that_the_program_starts() -> None:
    spec = (ROOT / "installer/bundle/live2diff-camera.spec").read_text()
    assert PUBLISHER == "live2diff-camera-publisher"
    assert 'program(f"{NAME}-publisher"' in spec


STAND_INS = {
    "dpkg": "exit 0",
    "sudo": 'exec "$@"',
    "lintian": "exit 0",
    "appstreamcli": "exit 0",
    "desktop-file-validate": "exit 0",
    "dpkg-deb": (
        'if [ "$1" = -R ]; then mkdir -p "$3/DEBIAN" "$3/usr/lib/live2diff-camera/_internal"\n'
        'echo "Version: 1" >"$3/DEBIAN/control"\n'
        'else for last; do :; done; : >"$last"; fi'
    ),
    "mmdebstrap": 'tar -cf "$5" -T /dev/null',
    "unshare": "exit 1",
    "makensis": "echo WENT ON",
}
"""The programs that `installer/test.sh` calls; the clean root is one in which the package fails."""


@pytest.mark.parametrize("what", ["linux", "all"])
def test_a_package_that_fails_in_a_clean_root_fails_the_test(tmp_path: Path, what: str) -> None:
    stand_ins, project = tmp_path / "bin", tmp_path / "project"
    stand_ins.mkdir()
    for name, script in STAND_INS.items():
        (stand_ins / name).write_text(f"#!/bin/sh\n{script}\n")
        (stand_ins / name).chmod(0o755)
    for folder in ("installer/linux", "tests/installer", "build/bundle", "dist"):
        (project / folder).mkdir(parents=True)
    for script in ("installer/test.sh", "installer/linux/packages.sh"):
        shutil.copy(ROOT / script, project / script)
    shutil.copy(ROOT / "tests/installer/inside.sh", project / "tests/installer")
    build = "touch build/bundle/made-from; sleep 0.01; echo deb >dist/new.deb\n"
    (project / "installer/linux/build_deb.sh").write_text(build)
    (project / "installer/linux/build_tar.sh").write_text("mkdir -p build/tar\n")
    (project / "tests/installer/windows.sh").write_text("makensis\n")
    path = f"{stand_ins}:{os.environ['PATH']}"
    done = run("bash", str(project / "installer/test.sh"), what, PATH=path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "FAILED in bookworm" in done.stdout
    assert "The package passed" not in done.stdout
    assert "WENT ON" not in done.stdout
