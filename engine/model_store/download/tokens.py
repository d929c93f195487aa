"""The user's own civitai token: in the system's key store, never in a file or a log."""

from __future__ import annotations

import os

from engine.errors import SettingError
from engine.key_store import forget_secret, keep_secret, read_secret

ACCOUNT = "civitai"
VARIABLE = "CIVITAI_TOKEN"
"""Read where there is no key store, as on a server; it is never written."""


def civitai_token() -> str | None:
    """The token, or None if there is none."""
    return read_secret(ACCOUNT) or os.environ.get(VARIABLE) or None


def keep_civitai_token(token: str) -> None:
    """Store the token in the key store. Raises SettingError where there is no key store."""
    try:
        keep_secret(ACCOUNT, token)
    except SettingError as error:
        raise SettingError(
            "This system has no key store to keep the token in.",
            "Set the environment variable {variable} during the download instead.",
            variable=VARIABLE,
        ) from error


def forget_civitai_token() -> None:
    """Remove the token from the key store; harmless where there is none."""
    forget_secret(ACCOUNT)
