"""The Linux camera's conditions, each broken in turn on a made-up system."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.doctor import v4l2loopback as loopback
from engine.doctor.checks import Check, can_run
from engine.doctor.v4l2loopback import System, check_loopback
from engine.v4l2 import Capabilities
from engine.virtual_camera.transport.factory import listen


class Machine:
    """A system on which everything is in order until something is taken away."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.sysfs, self.node = folder / "sys", folder / "video10"
        self._patch = monkeypatch
        self.system = System(self.sysfs, folder / "src", folder / "modules")
        (folder / "modules" / "build").mkdir(parents=True)
        self.node.touch()
        self.installed(there=True)
        self.capabilities(Capabilities(captures=False, outputs=True))
        monkeypatch.setattr("engine.virtual_camera.devices.v4l2loopback.DEV", folder)
        monkeypatch.setattr(loopback, "runtime_dir", lambda: folder)
        monkeypatch.setattr("shutil.which", lambda tool, **_: f"/usr/bin/{tool}")

    def installed(self, *, there: bool) -> None:
        self._patch.setattr(loopback, "_installed", lambda: there)

    def capabilities(self, found: Capabilities | None) -> None:
        self._patch.setattr(loopback, "_capabilities", lambda _: found)

    def load(self, version: str = "0.13.2") -> None:
        folder = self.sysfs / "module" / "v4l2loopback"
        folder.mkdir(parents=True)
        (folder / "version").write_text(version)

    def device(self, label: str = "Live2Diff Camera") -> None:
        folder = self.sysfs / "devices" / "virtual" / "video4linux" / "video10"
        folder.mkdir(parents=True)
        (folder / "name").write_text(f"{label}\n")
        (folder / "max_openers").write_text("10\n")

    def secure_boot(self) -> None:
        folder = self.sysfs / "firmware" / "efi" / "efivars"
        folder.mkdir(parents=True)
        (folder / "SecureBoot-8be4df61").write_bytes(b"\x06\0\0\0\x01")

    def failed(self) -> dict[str, Check]:
        return {c.name: c for c in check_loopback(self.system) if c.passed is not True}


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(tmp_path, monkeypatch)


@pytest.fixture
def ready(machine: Machine) -> Machine:
    machine.load()
    machine.device()
    return machine


def test_a_system_in_order_passes_every_check(ready: Machine) -> None:
    assert ready.failed() == {}
    assert can_run(check_loopback(ready.system))


def test_a_driver_that_is_not_installed_is_to_be_set_up(machine: Machine) -> None:
    machine.installed(there=False)
    assert machine.failed()["Camera driver"].remedy == "installer/linux/virtual_camera.sh install"


def test_a_driver_that_is_not_loaded_is_to_be_loaded(machine: Machine) -> None:
    assert machine.failed()["Camera driver"].remedy == "sudo modprobe v4l2loopback"


def test_secure_boot_is_named_where_the_driver_is_not_loaded(machine: Machine) -> None:
    machine.secure_boot()
    assert "mokutil --import" in machine.failed()["Secure Boot"].remedy


def test_a_missing_compiler_is_named(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.installed(there=False)
    (machine.system.sources / "v4l2loopback-0.12.7").mkdir(parents=True)
    monkeypatch.setattr("shutil.which", lambda tool, **_: None if tool == "gcc" else tool)
    assert machine.failed()["Driver build"].detail == "missing: gcc"


def test_a_device_of_another_name_is_not_ours(machine: Machine) -> None:
    machine.load()
    machine.device("OBS Virtual Camera")
    found = machine.failed()["Camera device"]
    assert "OBS Virtual Camera" in found.detail
    assert not can_run([found])


def test_a_device_that_browsers_do_not_list_is_named(ready: Machine) -> None:
    ready.capabilities(Capabilities(captures=True, outputs=True))
    assert "browsers" in ready.failed()["Device options"].detail


def test_another_program_that_writes_is_named_and_our_own_is_not(ready: Machine) -> None:
    ready.capabilities(Capabilities(captures=True, outputs=False))
    assert "another program" in ready.failed()["Device use"].detail
    own = listen(ready.node.parent)
    assert ready.failed() == {}
    own.close()


def test_a_missing_node_is_named(ready: Machine) -> None:
    ready.node.unlink()
    assert "does not exist" in ready.failed()["Device node"].detail


def test_a_missing_right_is_named(ready: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    assert "usermod -aG video" in ready.failed()["Device permissions"].remedy


@pytest.mark.parametrize(
    ("version", "said"), [("0.12.7", "old"), ("0.13.2", "0.13.2"), ("0.15.0", "one program")]
)
def test_a_driver_passes_and_its_versions_weakness_is_said(
    machine: Machine, version: str, said: str
) -> None:
    machine.load(version)
    machine.device()
    (driver,) = [c for c in check_loopback(machine.system) if c.name == "Camera driver"]
    assert driver.passed
    assert said in driver.detail
