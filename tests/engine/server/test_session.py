"""Two-way sessions, by a client written from the documentation of the wire."""

from pathlib import Path

import pytest

from engine.remote.rtc import H264, VP8
from tests.engine.server.peers import is_styled, number_in, run, serving, visiting


@pytest.mark.parametrize("codec", [H264, VP8])
def test_each_result_is_styled_and_bound_to_the_frame_it_was_made_from(
    tmp_path: Path, codec: str
) -> None:
    async def work() -> None:
        with serving(tmp_path) as server:
            async with visiting(server, server.token()) as (client,):
                assert await client.open(codec=codec) == 201
                await client.until(lambda: len(client.results) >= 30)
                assert all(is_styled(result.pixels) for result in client.results)
                bound = [one for one in client.results if one.rtp_time in client.records]
                assert len(bound) >= len(client.results) - 2
                for result in bound:
                    record = client.records[result.rtp_time]
                    assert client.camera.rtp[record.source] == number_in(result.pixels)
                    assert 0 < record.server_ms < 60_000

    run(work())
