"""Secrets of the user's in the system's key store, never in a file or a log."""

from __future__ import annotations

import keyring
from keyring.errors import KeyringError

from engine.errors import SettingError
from engine.paths import APP_ID


def read_secret(account: str) -> str:
    """The secret, or "" where there is none or no key store."""
    try:
        return keyring.get_password(APP_ID, account) or ""
    except KeyringError:
        return ""


def keep_secret(account: str, secret: str) -> None:
    """Store a secret, or forget it where it is "". Raises SettingError without a key store."""
    if not secret.strip():
        forget_secret(account)
        return
    try:
        keyring.set_password(APP_ID, account, secret.strip())
    except KeyringError as error:
        raise SettingError(
            "This system has no key store to keep the secret in.",
            "Set up one, such as GNOME Keyring or KWallet.",
        ) from error


def forget_secret(account: str) -> None:
    """Remove a secret; harmless where there is none."""
    try:
        keyring.delete_password(APP_ID, account)
    except KeyringError:
        return
