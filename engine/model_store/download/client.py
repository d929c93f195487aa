"""The HTTP client of downloads: encrypted connections only."""

from __future__ import annotations

import ipaddress

import httpx2

from engine.errors import DownloadError

TIMEOUT = httpx2.Timeout(20.0, read=60.0)


def new_client(mirror: str | None = None) -> httpx2.Client:
    """A client that refuses plain http, also after a redirect.

    mirror: the address of a mirror that the user has named; its host may use plain http, and so
    may this computer.
    """
    trusted = httpx2.URL(mirror).host if mirror else ""

    def check(request: httpx2.Request) -> None:
        host = request.url.host
        if request.url.scheme != "https" and host != trusted and not _is_loopback(host):
            raise DownloadError(
                "The download was sent on to {host} without encryption.",
                "Try again later or from another mirror.",
                host=host,
            )

    return httpx2.Client(timeout=TIMEOUT, follow_redirects=True, event_hooks={"request": [check]})


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
