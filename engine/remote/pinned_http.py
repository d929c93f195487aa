"""HTTPS requests to an engine whose certificate is known by its digest, and by nothing else.

No authority can vouch for a computer in the next room. The certificate that it shows when it is
paired is the one that it must show ever after; that is checked before anything is sent. The
standard library's client takes no proxy from the environment.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from engine.errors import ElsewhereError, EngineError
from engine.remote import sentences
from engine.remote.address import EngineAddress

ANSWERS_WITHIN_S = 10.0
LARGEST_ANSWER = 1 << 20
"""Bytes; a style's picture is the largest thing there is, and one of the user's own may be more."""

SDP = "application/sdp"


class TooLargeError(ElsewhereError):
    """An answer is larger than `LARGEST_ANSWER`."""


@dataclass(frozen=True, slots=True)
class Door:
    """What is needed to be let in. pin: SHA-256 of the certificate in hexadecimal digits; "" for
    plain HTTP. token: "" before pairing.
    """

    address: EngineAddress
    pin: str = ""
    token: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer. location: of what was made; "" where that is not said."""

    status: int
    body: bytes
    location: str = ""

    @property
    def data(self) -> dict[str, Any]:
        """What JSON the body is; empty where it is no object."""
        try:
            found = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    @property
    def message(self) -> str:
        """The sentence of a refusal."""
        return str(self.data.get("message", ""))


def shown_pin(address: EngineAddress) -> str:
    """The digest of the certificate that is shown there now; "" for plain HTTP. Raises
    ElsewhereError.
    """
    if not address.tls:
        return ""
    connection = _Connection(address, pin=None)
    try:
        connection.connect()
    except (OSError, http.client.HTTPException) as error:
        raise _failure(address, error) from error
    finally:
        connection.close()
    return connection.seen


class Visit:
    """Requests to an engine, one after another, over one connection; to be used in a `with`, by one
    thread. timeout: seconds for every step of a request.
    """

    def __init__(self, door: Door, timeout: float = ANSWERS_WITHIN_S) -> None:
        self._door = door
        address = door.address
        self._connection: http.client.HTTPConnection = (
            _Connection(address, door.pin, timeout)
            if address.tls
            else http.client.HTTPConnection(address.host, address.port, timeout=timeout)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def ask(
        self, method: str, path: str, body: bytes | None = None, kind: str = "application/json"
    ) -> Answer:
        """Send a request; see `ask`."""
        address = self._door.address
        try:
            answer, content = self._exchange(method, path, body, kind)
        except (OSError, http.client.HTTPException, ValueError) as error:
            self._connection.close()
            raise _failure(address, error) from error
        if len(content) > LARGEST_ANSWER:
            self._connection.close()  # the rest is still to come
            strange = sentences.not_an_engine(address)
            raise TooLargeError(strange.template, strange.remedy_template, **strange.values)
        return Answer(answer.status, content, answer.headers.get("Location", ""))

    def _exchange(
        self, method: str, path: str, body: bytes | None, kind: str
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """The answer and as much of its body as is taken."""
        may_be_stale = self._connection.sock is not None and method == "GET"
        headers = _headers(self._door.token, kind, body)
        try:
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
        except (ConnectionError, ssl.SSLEOFError):
            if not may_be_stale:
                raise
            self._connection.close()  # the other end was tired of waiting: a new one is made
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
        return answer, answer.read(LARGEST_ANSWER + 1)


def ask(
    door: Door,
    method: str,
    path: str,
    body: bytes | None = None,
    *,
    kind: str = "application/json",
    timeout: float = ANSWERS_WITHIN_S,
) -> Answer:
    """Send one request; the answer, whatever its status. Raises ElsewhereError, also where the
    certificate is not the pinned one: then nothing has been sent. TooLargeError is one.
    """
    with Visit(door, timeout) as visit:
        return visit.ask(method, path, body, kind)


def refusal(door: Door, answer: Answer) -> EngineError:
    """What an answer means that is not the one hoped for."""
    if answer.status == http.client.UNAUTHORIZED:
        return sentences.not_paired(door.address)
    if answer.status == http.client.SERVICE_UNAVAILABLE:
        return sentences.full(door.address)
    if answer.status == http.client.NOT_FOUND and not answer.message:
        return sentences.not_an_engine(door.address)
    return sentences.refused(door.address, answer.status, answer.message)


class _OtherCertificateError(OSError):
    """Not the pinned one."""


class _Connection(http.client.HTTPSConnection):
    """pin: the only certificate that is accepted; None for any. seen: that of the other end."""

    def __init__(
        self, address: EngineAddress, pin: str | None, timeout: float = ANSWERS_WITHIN_S
    ) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.check_hostname = False  # the pin says more
        context.verify_mode = ssl.CERT_NONE
        super().__init__(address.host, address.port, timeout=timeout, context=context)
        self._pin = pin
        self.seen = ""

    def connect(self) -> None:
        super().connect()
        assert isinstance(self.sock, ssl.SSLSocket)
        certificate = self.sock.getpeercert(binary_form=True) or b""
        self.seen = hashlib.sha256(certificate).hexdigest()
        if self._pin is not None and not hmac.compare_digest(self.seen, self._pin):
            self.close()
            raise _OtherCertificateError


def _headers(token: str, kind: str, body: bytes | None) -> Mapping[str, str]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return headers if body is None else {**headers, "Content-Type": kind}


def _failure(address: EngineAddress, error: Exception) -> EngineError:
    if isinstance(error, _OtherCertificateError):
        return sentences.other_certificate(address)
    if isinstance(error, socket.gaierror):
        return sentences.unknown_host(address)
    if isinstance(error, TimeoutError | ConnectionError):
        return sentences.unreachable(address)
    if isinstance(error, ssl.SSLError | http.client.HTTPException | ValueError):
        return sentences.not_an_engine(address)
    return sentences.unreachable(address)
