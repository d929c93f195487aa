"""Offers: which can be answered at all, and the answer. No servers of others are asked."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from enum import Enum
from typing import Any

from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.sdp import SessionDescription

from engine.errors import EngineError, SettingError
from engine.remote.loopback import allow_loopback

MOST_MEDIA, MOST_CANDIDATES, MOST_FORMATS = 3, 64, 256


class Flow(Enum):
    """Which way the pictures go: there and back, to the server (WHIP), or from it (WHEP)."""

    BOTH = "session"
    IN = "whip"
    OUT = "whep"


_DIRECTIONS = {
    Flow.BOTH: ("sendrecv",),
    Flow.IN: ("sendrecv", "sendonly"),
    Flow.OUT: ("sendrecv", "recvonly"),
}
_KINDS = {
    Flow.BOTH: ("video", "application"),
    Flow.IN: ("video", "audio"),
    Flow.OUT: ("video", "audio"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer that has been looked through."""

    sdp: str


def read_offer(text: bytes, flow: Flow) -> Offer:
    """Look an offer through. Raises SettingError where it is none that can be answered."""
    try:
        sdp = text.decode("utf-8")
        media = SessionDescription.parse(sdp).media
    except Exception as error:  # the library's parser raises what it stumbles upon
        raise unanswerable("it is no SDP") from error
    videos = [one for one in media if one.kind == "video"]
    if len(videos) != 1:
        raise unanswerable("one video is expected")
    if len(media) > MOST_MEDIA or any(one.kind not in _KINDS[flow] for one in media):
        raise unanswerable("it holds other media than are taken here")
    if (videos[0].direction or "sendrecv") not in _DIRECTIONS[flow]:
        raise unanswerable("the video goes the wrong way")
    if not all(_connectable(one) for one in media):
        raise unanswerable("it does not say how to connect")
    if any(
        len(one.ice_candidates) > MOST_CANDIDATES or len(one.rtp.codecs) > MOST_FORMATS
        for one in media
    ):
        raise unanswerable("it lists too much")
    return Offer(sdp)


def _connectable(media: Any) -> bool:
    """Whether it says by which keys, and nothing but addresses of where."""
    secured = media.dtls is not None and bool(media.dtls.fingerprints)
    named = bool(media.ice.usernameFragment and media.ice.password)
    return secured and named and all(_is_address(one.ip) for one in media.ice_candidates)


def _is_address(host: str) -> bool:
    """Digits, or a name that a browser has made for its own in the local network."""
    if host.endswith(".local"):
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def new_peer() -> Any:
    """A connection that is yet to be made."""
    allow_loopback()
    return RTCPeerConnection(RTCConfiguration(iceServers=[]))


async def take_offer(peer: Any, offer: Offer) -> Any:
    """Hear an offer; its video's transceiver. Raises SettingError."""
    try:
        await peer.setRemoteDescription(RTCSessionDescription(offer.sdp, "offer"))
    except Exception as error:  # the library raises what it stumbles upon
        raise unanswerable("its parts do not fit together") from error
    for transceiver in peer.getTransceivers():
        if transceiver.kind != "video":
            transceiver.direction = "inactive"
    return next(one for one in peer.getTransceivers() if one.kind == "video")


async def answer(peer: Any) -> str:
    """The answer, with this computer's addresses in it. Raises SettingError."""
    try:
        await peer.setLocalDescription(await peer.createAnswer())
    except Exception as error:  # the library raises what it stumbles upon
        raise unanswerable("there is no codec that both sides have") from error
    return str(peer.localDescription.sdp)


def unanswerable(reason: str) -> EngineError:
    """The error of an offer that cannot be answered."""
    return SettingError(
        "The offer cannot be answered: {reason}.",
        "Offer one video in H.264 or VP8, with all candidates in it.",
        reason=reason,
    )
