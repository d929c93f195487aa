"""Windows and macOS, on stand-ins for their registry and applications."""

from __future__ import annotations

from pathlib import Path

from engine.doctor.windows_macos import check_mac_camera, check_windows_camera


class FakeRegistry:
    """Knows video inputs by their names alone."""

    HKEY_CLASSES_ROOT = 0

    def __init__(self, *names: str) -> None:
        self._names = names

    def OpenKey(self, key: object, path: str) -> object:  # noqa: N802
        return path

    def EnumKey(self, key: object, index: int) -> str:  # noqa: N802
        if index >= len(self._names):
            raise OSError("no more")
        return str(index)

    def QueryValueEx(self, key: object, name: str) -> tuple[object, int]:  # noqa: N802
        return self._names[int(str(key))], 1


def test_our_camera_on_windows_is_found_among_others() -> None:
    (check,) = check_windows_camera(FakeRegistry("HD Webcam", "Live2Diff Camera"))
    assert check.passed
    assert "Live2Diff Camera is registered" in check.detail


def test_obs_stands_in_on_windows() -> None:
    (check,) = check_windows_camera(FakeRegistry("OBS Virtual Camera"))
    assert check.passed
    assert "OBS Virtual Camera" in check.detail


def test_a_windows_without_a_virtual_camera_gets_a_remedy() -> None:
    (check,) = check_windows_camera(FakeRegistry("HD Webcam"))
    assert check.passed is False
    assert "virtual_camera.ps1" in check.remedy


def test_a_mac_needs_obs(tmp_path: Path) -> None:
    assert check_mac_camera(tmp_path)[0].passed
    assert check_mac_camera(tmp_path / "OBS.app")[0].passed is False
