"""The server's figures: for people and programs, and in the text format of Prometheus 0.0.4."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from engine.control.web.access import Access
from engine.paths import app_version
from engine.server.places import Report
from engine.server.settings import MOST_FPS, ServeSettings

CONTENT_TYPE = "text/plain; version=0.0.4"
_PREFIX = "live2diff_"


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure. samples: labels in text form, such as `reason="full"`, and values."""

    name: str
    kind: str
    help: str
    samples: dict[str, float] = field(default_factory=dict)

    def lines(self) -> Iterator[str]:
        """In the text format."""
        name = _PREFIX + self.name
        yield f"# HELP {name} {self.help}"
        yield f"# TYPE {name} {self.kind}"
        for labels, value in self.samples.items():
            number = f"{value:.15g}"  # exact: a counter goes on beyond six digits
            yield f"{name}{{{labels}}} {number}" if labels else f"{name} {number}"


def health_of(settings: ServeSettings, report: Report) -> dict[str, Any]:
    """What a paired device is told."""
    return {
        "ok": True,
        "streams": len(report.streams),
        "most_streams": report.most,
        "max_size": str(settings.largest),
        "max_fps": int(MOST_FPS),
        "model": settings.model,
        "version": app_version(),
    }


def metrics_text(report: Report, access: Access) -> str:
    """Every figure. None tells who a stream belongs to."""
    return "".join(f"{line}\n" for one in _metrics(report, access) for line in one.lines())


def _metrics(report: Report, access: Access) -> Iterator[Metric]:
    totals = report.totals
    kinds = {f'kind="{kind}"': 0.0 for kind in ("session", "whip")}
    for stream in report.streams:
        kinds[f'kind="{stream.flow.value}"'] += 1
    yield Metric("streams", "gauge", "Streams that are open.", kinds)
    yield Metric("streams_most", "gauge", "Streams that may be open.", {"": report.most})
    yield Metric("viewers", "gauge", "Connections that watch.", {"": len(report.viewers)})
    yield Metric("paired_devices", "gauge", "Paired devices.", {"": len(access.tokens.devices)})
    yield Metric("streams_opened_total", "counter", "Streams opened.", {"": totals.opened})
    yield Metric("frames_received_total", "counter", "Frames decoded.", {"": totals.frames_in})
    yield Metric("frames_styled_total", "counter", "Frames styled.", {"": totals.frames_out})
    refused = {f'reason="{reason}"': float(n) for reason, n in sorted(totals.refused.items())}
    yield Metric("refused_total", "counter", "Streams refused.", refused)
    shown = {
        f'stream="{one.name}"': one.figures for one in report.streams if one.figures is not None
    }
    yield Metric(
        "stream_latency_seconds",
        "gauge",
        "Median delay of a stream from decoding to the styled picture.",
        {labels: each.latency_p50_ms / 1000 for labels, each in shown.items()},
    )
    yield Metric(
        "stream_frames_per_second",
        "gauge",
        "Styled frames per second of a stream.",
        {labels: each.fps_out for labels, each in shown.items()},
    )
