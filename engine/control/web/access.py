"""Who may come in: by a token of the store, or by the local one of the user's own programs."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field

from engine.control.local_access import new_local_token
from engine.control.pairing import Pairing
from engine.control.tokens import TokenStore

LOCAL = "local"
"""The caller that has the local token."""


@dataclass(frozen=True, slots=True)
class Access:
    """One pairing and one token store; local_token: good for one run of a server."""

    tokens: TokenStore
    pairing: Pairing
    local_token: str = field(default_factory=new_local_token)

    def caller(self, token: str) -> str | None:
        """Whose token this is: a device's id, or LOCAL; None for a stranger's."""
        if hmac.compare_digest(token.encode("utf-8", "replace"), self.local_token.encode()):
            return LOCAL
        device = self.tokens.find(token)
        return device.id if device is not None else None

    def still_in(self, caller: str) -> bool:
        """Whether a caller's token has not been taken back."""
        return caller == LOCAL or any(device.id == caller for device in self.tokens.devices)
