"""The civitai token is in the key store, and nowhere else."""

from __future__ import annotations

import pytest
from keyring.errors import KeyringError, PasswordDeleteError

from engine import key_store
from engine.errors import SettingError
from engine.model_store.download import tokens
from engine.model_store.download.tokens import VARIABLE
from engine.paths import APP_ID


class Keys:
    """A key store, or none."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.broken = False

    def get_password(self, service: str, account: str) -> str | None:
        self._check()
        return self.kept.get((service, account))

    def set_password(self, service: str, account: str, token: str) -> None:
        self._check()
        self.kept[service, account] = token

    def delete_password(self, service: str, account: str) -> None:
        self._check()
        if self.kept.pop((service, account), None) is None:
            raise PasswordDeleteError

    def _check(self) -> None:
        if self.broken:
            raise KeyringError


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> Keys:
    keys = Keys()
    monkeypatch.setattr(key_store, "keyring", keys)
    monkeypatch.delenv(VARIABLE, raising=False)
    return keys


def test_there_is_no_token_at_first() -> None:
    assert tokens.civitai_token() is None


def test_a_token_is_kept_without_the_spaces_around_it(keys: Keys) -> None:
    tokens.keep_civitai_token(" secret \n")
    assert keys.kept == {(APP_ID, "civitai"): "secret"}
    assert tokens.civitai_token() == "secret"


def test_a_token_that_is_forgotten_is_gone(keys: Keys) -> None:
    tokens.keep_civitai_token("secret")
    for _ in range(2):
        tokens.forget_civitai_token()
        assert tokens.civitai_token() is None


def test_the_key_store_comes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "of the environment")
    assert tokens.civitai_token() == "of the environment"
    tokens.keep_civitai_token("secret")
    assert tokens.civitai_token() == "secret"


def test_without_a_key_store_the_environment_serves(
    keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys.broken = True
    monkeypatch.setenv(VARIABLE, "secret")
    assert tokens.civitai_token() == "secret"
    tokens.forget_civitai_token()


def test_without_a_key_store_nothing_is_kept_and_the_user_is_told(keys: Keys) -> None:
    keys.broken = True
    with pytest.raises(SettingError) as caught:
        tokens.keep_civitai_token("secret")
    assert caught.value.remedy == (
        "Set the environment variable CIVITAI_TOKEN during the download instead."
    )
    assert "secret" not in str(caught.value)
