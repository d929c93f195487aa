"""What a frame tells of somebody with brown hair and brown eyes."""

from __future__ import annotations

from engine.drawing.palette import Seen

BROWN = Seen(
    skin=(68.0, 15.0, 20.0), hair=(22.0, 5.0, 9.0), iris=(26.0, 10.0, 14.0),
    cheek=(66.0, 17.0, 20.0), radius=6.0, lips=(52.0, 24.0, 14.0), beard=0.0,
    beard_colour=(40.0, 8.0, 10.0), glasses=-3.0, frame=(20.0, 0.0, 0.0), white=95.0, weight=100.0,
)  # fmt: skip
