"""What both ends need of WebRTC beyond aiortc's public interface, in this one place.

Tested with aiortc 1.16. Private parts are used for six things: a frame is decoded when its last
packet has come (aiortc waits for the first packet of the next frame, which is one frame of delay a
way), the RTP timestamps of frames are known (results are bound to their sources by them), the rate
follows the line (`line_rate.py`), an encoder uses it at any number of frames a second, what a paced
stream has lost is sent again until it is there, and who brings pictures is not cut off for lack of
an answer.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from fractions import Fraction
from typing import Any

import numpy as np
from aiortc import RTCRtpSender, codecs, rtcrtpreceiver, rtcrtpsender
from aiortc.codecs import h264, vpx
from aiortc.jitterbuffer import JitterBuffer, JitterFrame
from aiortc.rtcrtpreceiver import NackGenerator
from aiortc.utils import uint16_add, uint16_gt
from av.video.frame import VideoFrame

from engine.frames import Pixels
from engine.remote.line_rate import FIRST_BITS, LEAST_BITS, MOST_BITS, LineRate

CLOCK = 90_000
"""Ticks of a video's RTP clock in a second."""

TIME_BASE = Fraction(1, CLOCK)
H264, VP8 = "video/H264", "video/VP8"

LONGEST_BETWEEN_S = 0.25
"""Seconds between two frames; a longer pause says nothing of how often they come."""

STALLED_S, STALLED_PACED_S = 0.4, 4.0
"""Seconds for which a lost packet is waited for, before what needs it is left out: live, and where
every frame counts.
"""
ASKED_AGAIN_S, TIMES_ASKED = 0.15, 5
"""After which what a paced stream still misses is asked for again, then after twice as long, and so
on; and how often.
"""
REMEMBERED = 512
"""Packets that are sent again if asked for; aiortc's 128 are fewer than a large frame has."""

_WRAP = 1 << 32


class SteadyH264(h264.H264Encoder):  # type: ignore[misc]
    """Aiortc's encoder, told how often frames come. Libx264 takes every frame for a 30th of a
    second, and would use a third of its bits where ten come in one.
    """

    def __init__(self) -> None:
        super().__init__()
        self._before: float | None = None
        self._between = 1.0 / h264.MAX_FRAME_RATE
        self._scale = 1.0

    @property
    def target_bitrate(self) -> int:
        """As libx264 is to be told it."""
        bits: int = super().target_bitrate
        return round(self._scale * bits)

    @target_bitrate.setter
    def target_bitrate(self, bits: int) -> None:
        h264.H264Encoder.target_bitrate.fset(self, bits)

    def encode(self, frame: VideoFrame, force_keyframe: bool = False) -> tuple[list[bytes], int]:
        """The packets of a frame, and its RTP time."""
        if frame.time is not None:
            self._count(frame.time)
        encoded: tuple[list[bytes], int] = super().encode(frame, force_keyframe)
        return encoded

    def _count(self, seconds: float) -> None:
        """Each change of the scale begins anew with a keyframe, so that small ones do not count."""
        if self._before is not None:
            between = min(max(seconds - self._before, 0.0), LONGEST_BETWEEN_S)
            self._between += 0.1 * (between - self._between)
        self._before = seconds
        scale = max(1.0, self._between * h264.MAX_FRAME_RATE)
        if not 0.75 < scale / self._scale < 1.33:
            self._scale = scale


def raise_bitrates() -> None:
    """Let the bitrate follow the line, for the whole process, and frames have as many packets as it
    takes. Aiortc's own ceilings of 1.5 and 3 Mbit/s would smear a picture of 1280 x 720.
    """
    for codec in (h264, vpx):
        codec.DEFAULT_BITRATE, codec.MAX_BITRATE = FIRST_BITS, MOST_BITS
        codec.MIN_BITRATE = LEAST_BITS
    codecs.H264Encoder = SteadyH264
    rtcrtpsender.RTP_HISTORY_SIZE = rtcrtpreceiver.RTP_HISTORY_SIZE = REMEMBERED


def prefer(transceiver: Any, *kinds: str) -> None:
    """Offer only these codecs, in this order."""
    offered = RTCRtpSender.getCapabilities("video").codecs
    chosen = [codec for kind in kinds for codec in offered if codec.mimeType == kind]
    transceiver.setCodecPreferences(chosen)


def to_video(pixels: Pixels) -> VideoFrame:
    """A picture as encoders take it. WebRTC does not say which matrix: receivers take BT.601."""
    frame = VideoFrame.from_ndarray(np.ascontiguousarray(pixels), "rgb24")
    return frame.reformat(format="yuv420p", dst_colorspace="ITU601", dst_color_range="MPEG")


def to_pixels(frame: VideoFrame) -> Pixels:
    """The picture of a decoded frame, by the same matrix."""
    rgb = frame.to_ndarray(format="rgb24", src_colorspace="ITU601", src_color_range="MPEG")
    return np.ascontiguousarray(rgb, np.uint8)


class PromptReceiver:
    """Makes a video receiver of aiortc's prompt, and knows its frames' RTP timestamps; the rate of
    what it receives follows the line. paced: every frame counts; what is lost is asked for until it
    comes. To be made before the first packet comes.
    """

    def __init__(self, receiver: Any, *, paced: bool = False) -> None:
        self._mapper = receiver._RTCRtpReceiver__timestamp_mapper
        codecs = receiver._RTCRtpReceiver__codecs
        waiting = receiver._RTCRtpReceiver__decoder_queue

        def decode(frame: JitterFrame, payload_type: int) -> None:
            frame.timestamp = self._mapper.map(frame.timestamp)
            waiting.put((codecs[payload_type], frame))

        stalled = STALLED_PACED_S if paced else STALLED_S
        receiver._RTCRtpReceiver__jitter_buffer = PromptBuffer(decode, stalled_s=stalled)
        if paced:
            receiver._RTCRtpReceiver__nack_generator = InsistentNacks(receiver._send_rtcp_nack)
        receiver._RTCRtpReceiver__remote_bitrate_estimator = LineRate()

    def rtp_time(self, frame: VideoFrame) -> int:
        """The timestamp of a decoded frame as in its packets, 0..2^32 - 1."""
        assert frame.pts is not None
        origin: int = self._mapper._origin
        return (origin + frame.pts) % _WRAP


class InsistentNacks(NackGenerator):  # type: ignore[misc]
    """Asks again for what is still missing, whether packets come or not; aiortc asks once.

    ask: sends the request for packets by their numbers, to a sender. Belongs to the event loop.
    """

    def __init__(self, ask: Callable[[int, list[int]], Coroutine[Any, Any, None]]) -> None:
        super().__init__()
        self._ask = ask
        self._again: asyncio.Task[None] | None = None

    def add(self, packet: Any) -> bool:
        """Take a packet; whether to ask for what is missing now."""
        newly: bool = super().add(packet)
        if newly:
            if self._again is not None:
                self._again.cancel()
            self._again = asyncio.create_task(self._insist(packet.ssrc))
        return newly

    async def _insist(self, sender: int) -> None:
        for number in range(TIMES_ASKED):
            await asyncio.sleep(ASKED_AGAIN_S * 2**number)
            if not self.missing:
                return
            await self._ask(sender, sorted(self.missing))


class PromptBuffer(JitterBuffer):  # type: ignore[misc]
    """Puts packets in order, and gives a frame when its last packet, marked as such, has come.

    decode: takes the frames that a packet has completed, except the last of them, and their payload
    type; `add` returns the last, as aiortc expects. So nothing waits behind a gap that has closed.
    stalled_s: how long a gap is waited for.
    """

    def __init__(
        self,
        decode: Callable[[JitterFrame, int], None],
        capacity: int = REMEMBERED,
        clock: Callable[[], float] = time.monotonic,
        stalled_s: float = STALLED_S,
    ) -> None:
        super().__init__(capacity=capacity, is_video=True)
        self._decode, self._clock, self._stalled_s = decode, clock, stalled_s
        self._blocked_since: float | None = None
        self._newest = 0

    def add(self, packet: Any) -> tuple[bool, JitterFrame | None]:
        """Take a packet; whether a keyframe is needed, and the frame that is complete now."""
        if self._origin is None or uint16_gt(packet.sequence_number, self._newest):
            self._newest = packet.sequence_number
        wanted, frame = super().add(packet)
        if frame is not None or not self._gap():
            self._blocked_since = None
        elif self._blocked_since is None:
            self._blocked_since = self._clock()
        elif self._clock() - self._blocked_since > self._stalled_s:
            self._blocked_since = None
            self.smart_remove(self._gap())
            return True, self._remove_frame(packet.sequence_number)
        return wanted, frame

    def _remove_frame(self, sequence_number: int) -> JitterFrame | None:  # noqa: ARG002
        """Take out every complete frame; the last is returned, those before go to `decode`."""
        last: tuple[JitterFrame, int] | None = None
        while (count := self._complete()) is not None:
            packets = [self._packets[(self._origin + i) % self._capacity] for i in range(count)]
            self.remove(count)
            data = b"".join(packet._data for packet in packets)
            if data:  # else padding alone, which decoders take for the end
                if last is not None:
                    self._decode(*last)
                last = (JitterFrame(data, packets[0].timestamp), packets[0].payload_type)
        return last[0] if last is not None else None

    def _complete(self) -> int | None:
        """The number of packets of the first frame; None while one is missing."""
        timestamp = None
        for count in range(self._capacity):
            packet = self._packets[(self._origin + count) % self._capacity]
            if packet is None:
                return None
            if timestamp is not None and packet.timestamp != timestamp:
                return count  # a sender that marks nothing, or padding after the mark
            timestamp = packet.timestamp
            if packet.marker:
                return count + 1
        return None

    def _gap(self) -> int:
        """The number of packets up to the end of the first gap; 0 where there is none."""
        known = uint16_add(self._newest, 1 - self._origin)
        places = range(self._origin, self._origin + min(known, self._capacity))
        missing = False
        for count, number in enumerate(places):
            packet = self._packets[number % self._capacity]
            if missing and packet is not None:
                return count
            missing = missing or packet is None
        return 0


def ask_no_consent(transceiver: Any) -> None:
    """Ask the peer no more whether it still wants to be sent to (RFC 7675); for connections that
    have been made. FFmpeg's WHIP does not answer, and would be cut off after half a minute; whoever
    only brings pictures is heard by them.
    """
    ice = transceiver.receiver.transport.transport._connection
    if ice._query_consent_task is not None:
        ice._query_consent_task.cancel()


class Sending:
    """What a sender of aiortc's has sent, and what it is asked for. To be used when it asks for the
    next frame: all packets of the one before are out by then.
    """

    def __init__(self, sender: Any) -> None:
        self._sender = sender
        self._packets = 0

    def last_sent(self) -> int | None:
        """The RTP timestamp of the frame that has left since the last call, 0..2^32 - 1; None if
        none has. It is read, as an encoder may round the time that it was given.
        """
        before, self._packets = self._packets, self._sender._RTCRtpSender__packet_count
        if self._packets == before:
            return None
        sent: int = self._sender._RTCRtpSender__rtp_timestamp
        return sent

    def begin_anew(self) -> None:
        """Let the next frame be a keyframe."""
        self._sender._send_keyframe()

    async def repeat_last_packet(self) -> None:
        """Whoever has missed it learns of that, and asks for others; who has it drops it."""
        newest = self._sender._RTCRtpSender__rtp_timestamp
        for packet in list(self._sender._RTCRtpSender__rtp_history.values()):
            if packet.marker and packet.timestamp == newest:
                await self._sender._retransmit(packet.sequence_number)
