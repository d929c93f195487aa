"""The order of packets, and when a frame is complete."""

import asyncio
from collections.abc import Sequence

import numpy as np
import pytest
from aiortc import RTCConfiguration, RTCPeerConnection, RTCRtpCodecParameters
from aiortc.codecs import get_encoder
from aiortc.jitterbuffer import JitterFrame
from aiortc.rate import RemoteBitrateEstimator
from aiortc.rtp import RtpPacket

from engine.remote.line_rate import LineRate
from engine.remote.rtc import (
    CLOCK,
    STALLED_S,
    TIME_BASE,
    TIMES_ASKED,
    InsistentNacks,
    PromptBuffer,
    PromptReceiver,
    SteadyH264,
    raise_bitrates,
    to_pixels,
    to_video,
)


class Line:
    """A buffer, what it has given, and a clock that stands still."""

    def __init__(self) -> None:
        self.now = 0.0
        self.given: list[tuple[int, bytes]] = []
        self.keyframes = 0
        self._buffer = PromptBuffer(self._give, clock=lambda: self.now)

    def send(self, *packets: RtpPacket) -> Sequence[tuple[int, bytes]]:
        """What is given by these packets."""
        before = len(self.given)
        for packet in packets:
            wanted, frame = self._buffer.add(packet)
            self.keyframes += wanted
            if frame is not None:
                self._give(frame, 0)
        return self.given[before:]

    def _give(self, frame: JitterFrame, _payload_type: int) -> None:
        self.given.append((frame.timestamp, frame.data))


def packet(number: int, timestamp: int, data: bytes, *, last: bool = False) -> RtpPacket:
    made = RtpPacket(sequence_number=number % 65536, timestamp=timestamp, marker=int(last))
    made._data = data
    return made


def test_a_frame_is_given_with_its_own_last_packet() -> None:
    line = Line()
    assert line.send(packet(1, 90, b"a")) == []
    assert line.send(packet(2, 90, b"b", last=True)) == [(90, b"ab")]


def test_packets_that_came_in_another_order_are_put_in_theirs() -> None:
    line = Line()
    first, second, third = packet(65535, 1, b"a"), packet(0, 1, b"b"), packet(1, 1, b"c", last=True)
    assert line.send(first, third, second) == [(1, b"abc")]


def test_frames_behind_a_gap_that_closes_are_given_at_once() -> None:
    line = Line()
    whole = [packet(n, n, b"%d" % n, last=True) for n in range(5)]
    assert line.send(whole[0]) == [(0, b"0")]
    assert line.send(*whole[2:]) == []
    assert line.send(whole[1]) == [(1, b"1"), (2, b"2"), (3, b"3"), (4, b"4")]
    assert line.keyframes == 0


def test_a_packet_that_stays_away_is_not_waited_for_any_longer_and_a_keyframe_is_asked_for() -> (
    None
):
    line = Line()
    line.send(packet(0, 0, b"0", last=True))
    assert line.send(packet(2, 1, b"rest of 1", last=True), packet(3, 2, b"2", last=True)) == []
    line.now = 2 * STALLED_S
    assert line.send(packet(4, 3, b"3", last=True))[-1] == (3, b"3")
    assert line.keyframes == 1
    assert line.send(packet(5, 4, b"4", last=True)) == [(4, b"4")]


def test_a_sender_that_marks_nothing_has_its_frames_given_with_the_next_one() -> None:
    line = Line()
    assert line.send(packet(0, 0, b"a"), packet(1, 0, b"b"), packet(2, 9, b"c")) == [(0, b"ab")]


def test_padding_alone_is_no_frame() -> None:
    line = Line()
    line.send(packet(0, 0, b"a", last=True))
    padding = [packet(1, 0, b""), packet(2, 0, b"")]
    assert line.send(*padding, packet(3, 9, b"c", last=True)) == [(9, b"c")]


def test_where_every_frame_counts_a_lost_packet_is_asked_for_until_it_comes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("engine.remote.rtc.ASKED_AGAIN_S", 0.01)

    async def asked(comes_after: int) -> list[list[int]]:
        """What was asked for again; the packet comes after so many times."""
        asked: list[list[int]] = []

        async def ask(_: int, lost: list[int]) -> None:
            asked.append(lost)
            if len(asked) == comes_after:
                assert not nacks.add(packet(1, 1, b""))

        nacks = InsistentNacks(ask)
        assert [nacks.add(packet(n, n, b"")) for n in (0, 2, 3)] == [False, True, False]
        await asyncio.sleep(0.7)
        return asked

    assert asyncio.run(asked(comes_after=2)) == [[1], [1]]
    assert asyncio.run(asked(comes_after=99)) == TIMES_ASKED * [[1]]


def test_receivers_and_encoders_follow_the_line_by_our_own_estimate() -> None:
    """The names of private parts are still those of this aiortc."""
    raise_bitrates()
    codec = RTCRtpCodecParameters("video/H264", 90_000, payloadType=99)
    assert isinstance(get_encoder(codec), SteadyH264)

    async def estimators() -> list[type]:
        peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        receiver = peer.addTransceiver("video").receiver
        found = [type(receiver._RTCRtpReceiver__remote_bitrate_estimator)]
        PromptReceiver(receiver)
        found.append(type(receiver._RTCRtpReceiver__remote_bitrate_estimator))
        await peer.close()
        return found

    assert asyncio.run(estimators()) == [RemoteBitrateEstimator, LineRate]


@pytest.mark.parametrize("fps", [8, 15, 30])
def test_an_encoder_uses_its_bits_however_often_frames_come(fps: int) -> None:
    rough = np.random.default_rng(1)
    encoder = SteadyH264()
    encoder.target_bitrate = 1_000_000
    sizes = []
    for number in range(8 * fps):
        frame = to_video(rough.integers(0, 255, (96, 96, 3)).astype(np.uint8))
        frame.pts, frame.time_base = number * CLOCK // fps, TIME_BASE
        payloads, _ = encoder.encode(frame)
        sizes.append(8 * sum(map(len, payloads)))
    assert 0.7e6 < sum(sizes[4 * fps :]) / 4 < 1.4e6


@pytest.mark.parametrize("colour", [(250, 20, 20), (20, 200, 60), (30, 40, 220), (128, 128, 128)])
def test_colours_come_through_the_format_of_encoders(colour: tuple[int, int, int]) -> None:
    pixels = np.full((32, 48, 3), colour, np.uint8)
    back = to_pixels(to_video(pixels))
    assert back.shape == pixels.shape
    assert np.abs(back.astype(int) - pixels).max() <= 4
