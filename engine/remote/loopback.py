"""WebRTC on a computer without a network: its one address is loopback's, which ICE leaves out."""

from __future__ import annotations

from functools import wraps

from aioice import ice

LOOPBACK = "127.0.0.1"


def allow_loopback() -> None:
    """Offer loopback where there is no other address, as with both ends on a computer that is
    offline; for the whole process. Harmless the second time.
    """
    known = ice.get_host_addresses
    if hasattr(known, "__wrapped__"):
        return

    @wraps(known)
    def addresses(*, use_ipv4: bool, use_ipv6: bool) -> list[str]:
        found: list[str] = known(use_ipv4=use_ipv4, use_ipv6=use_ipv6)
        return found or ([LOOPBACK] if use_ipv4 else [])

    ice.get_host_addresses = addresses
