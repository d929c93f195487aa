"""What happens on the evening: styles by OSC, panics by a key."""

from __future__ import annotations

import itertools
import threading
import time
from dataclasses import dataclass

from tests.evening.audience import Audience
from tests.evening.program import Osc, Program
from tests.evening.stage import Keyboard
from tests.pipewire.sound import Listener
from tests.soak.reader import Seen

CTRL, SHIFT, F9 = 0xFFE3, 0xFFE1, 0xFFC6
STYLE_EVERY_S = 1.0
HIDDEN_FOR_S = 4.0
HIDES_WITHIN_S, COMES_BACK_WITHIN_S = 10.0, 60.0
_SOUND_ENDS_WITHIN_S = 1.0


@dataclass(frozen=True, slots=True)
class Panic:
    """hidden_ms: from the key to the first placeholder that was seen; None if there was none.
    styled_after: styled pictures that were seen between the two. styled_during, clicks_during:
    what got through until the release. back_s: from the release to the first styled picture.
    """

    hidden_ms: float | None
    styled_after: int
    styled_during: int
    clicks_during: int
    back_s: float | None

    def problems(self) -> list[str]:
        """What should not be."""
        found = []
        if self.hidden_ms is None or self.styled_after > 1:
            found.append(f"{self.styled_after} styled pictures after the key")
        if self.styled_during or self.clicks_during:
            found.append(f"{self.styled_during} pictures and {self.clicks_during} clicks during it")
        if self.back_s is None:
            found.append("the picture did not come back")
        return found


class Show:
    """Changes the styles on a thread of its own; panics are pressed by who calls `panics`."""

    def __init__(
        self, program: Program, osc: Osc, audience: Audience, keyboard: Keyboard, heard: Listener
    ) -> None:
        self._program, self._osc, self._audience = program, osc, audience
        self._keyboard, self._heard = keyboard, heard
        self._ended = threading.Event()
        self._styles: threading.Thread | None = None
        self.styles_sent = 0

    def close(self) -> None:
        """End the changes."""
        self._ended.set()
        if self._styles is not None:
            self._styles.join()

    def change_styles(self, names: list[str]) -> None:
        """Another style every second."""
        self._styles = threading.Thread(target=self._change, args=(names,))
        self._styles.start()

    def panics(self, count: int, until: float) -> list[Panic]:
        """So many, evenly spread until a moment."""
        began = time.monotonic()
        found = []
        for number in range(1, count + 1):
            due = began + (until - began) * number / (count + 1)
            while time.monotonic() < due:
                time.sleep(0.1)
                if not self._program.alive:
                    raise RuntimeError("the program has ended")
            found.append(self._panic())
        return found

    def _change(self, names: list[str]) -> None:
        for name in itertools.cycle(names):
            if self._ended.wait(STYLE_EVERY_S):
                return
            self._osc.send("style", name)
            self.styles_sent += 1

    def _panic(self) -> Panic:
        pressed = self._keyboard.press(CTRL, SHIFT, F9)
        hidden = self._first(Seen.PLACEHOLDER, pressed, HIDES_WITHIN_S)
        time.sleep(HIDDEN_FOR_S)
        released = self._keyboard.press(CTRL, SHIFT, F9)
        since = hidden if hidden is not None else released
        clicks = [at for at in tuple(self._heard.clicks)
                  if since + _SOUND_ENDS_WITHIN_S < at < released]  # fmt: skip
        back = self._first(Seen.STYLED, released, COMES_BACK_WITHIN_S)
        return Panic(
            hidden_ms=None if hidden is None else 1000 * (hidden - pressed),
            styled_after=self._audience.styled_between(pressed, since),
            styled_during=self._audience.styled_between(since, released),
            clicks_during=len(clicks),
            back_s=None if back is None else back - released,
        )

    def _first(self, what: Seen, since: float, seconds: float) -> float | None:
        """When such a picture came; None if it has not in time."""
        until = time.monotonic() + seconds
        while (found := self._audience.first(what, since)) is None and time.monotonic() < until:
            time.sleep(0.02)
        return found
