"""What an accelerator lacks is told in a sentence, with a way to get it."""

from __future__ import annotations

import sys

import pytest

from engine.errors import DeviceError
from engine.model.acceleration.optional_packages import check_installed


def test_a_checkout_says_what_to_install() -> None:
    with pytest.raises(DeviceError) as told:
        check_installed("no-such-library")
    assert told.value.message == "no-such-library is not installed."
    assert told.value.remedy.startswith("Install it")


def test_a_bundle_into_which_nothing_can_be_installed_says_where_it_can(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(DeviceError) as told:
        check_installed("no-such-library")
    assert ".venv/bin/python -m pip install no-such-library" in told.value.remedy
    assert "repository" in told.value.remedy
