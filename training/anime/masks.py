"""Which pixel is what: skin, clothes, hair or none of a person.

The networks' soft masks are corrected by what a face tells (where the head is, the colour of its
skin), evened out over time, decided for each pixel and freed of specks. All planes are (N, N)
float32 in 0..1, points in pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.drawing.canvas import Points, blurred, smooth_step
from engine.drawing.colour import Picture, Plane, floats, lab_picture
from engine.drawing.landmarks import CHIN, NOSE, OVAL, SKIN_SPOTS, TOP, Face
from engine.frames import Pixels
from training.anime.steady import Hold

SKIN, CLOTHES, HAIR, REST = range(4)
# fmt: off
FINGERS = (
    (0, 1, 2, 3, 4), (0, 5, 6, 7, 8), (9, 10, 11, 12), (13, 14, 15, 16), (0, 17, 18, 19, 20),
    (5, 9, 13, 17),
)
# fmt: on
PALM = (0, 1, 5, 9, 13, 17)


@dataclass(frozen=True, slots=True)
class Masks:
    """What the networks said, or what was decided."""

    skin: Plane
    clothes: Plane
    hair: Plane
    person: Plane

    def planes(self) -> tuple[Plane, Plane, Plane, Plane]:
        """All four, in this order."""
        return (self.skin, self.clothes, self.hair, self.person)


@dataclass(slots=True)
class _Votes:
    """The masks while they are being corrected, and what the corrections look at."""

    skin: Plane
    clothes: Plane
    hair: Plane
    person: Plane
    hands: Plane
    inside: Plane
    lab: Picture
    soft: Picture
    x: Plane
    y: Plane

    def hair_wins(self, share: Plane) -> None:
        """Make this share of each pixel hair."""
        self.hair = np.maximum(self.hair, share)
        self.skin = self.skin * (1 - share)


class GuidedFilter:
    """The guided filter with a colour guide (He, Sun, Tang 2010): masks get the picture's edges."""

    def __init__(self, guide: Pixels, radius: int, epsilon: float) -> None:
        self.guide = guide.astype(np.float32) / np.float32(255.0)
        self.size = (2 * radius + 1, 2 * radius + 1)
        self.mean = self._mean(self.guide)
        outer = self.guide[..., :, None] * self.guide[..., None, :]
        height, width = guide.shape[:2]
        second = self._mean(outer.reshape(height, width, 9)).reshape(height, width, 3, 3)
        spread = second - self.mean[..., :, None] * self.mean[..., None, :]
        self.inverse = _inverse(spread + epsilon * np.eye(3, dtype=np.float32))

    def _mean(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        if values.ndim == 3 and values.shape[2] > 4:
            planes = [cv2.blur(values[..., i], self.size) for i in range(values.shape[2])]
            return np.stack(planes, 2)
        return np.asarray(cv2.blur(values, self.size), np.float32)

    def __call__(self, mask: Plane) -> Plane:
        """The mask (N, N), fitted to the guide's edges."""
        mask = mask.astype(np.float32)
        mean = self._mean(mask)
        joint = self._mean(self.guide * mask[..., None]) - self.mean * mean[..., None]
        slope = np.einsum("hwij,hwj->hwi", self.inverse, joint)
        offset = mean - (slope * self.mean).sum(2)
        fitted = (self._mean(slope) * self.guide).sum(2) + self._mean(offset)
        return np.clip(fitted, 0.0, 1.0).astype(np.float32)


def _inverse(m: NDArray[np.float32]) -> NDArray[np.float32]:
    """The inverses of symmetric matrices (H, W, 3, 3), by cofactors."""
    a, b, c, d, e, f = (m[..., i, j] for i, j in ((0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2)))
    first, second, third = d * f - e * e, c * e - b * f, b * e - c * d
    rows = [first, second, third, second, a * f - c * c, b * c - a * e]
    full = [rows[i] for i in (0, 1, 2, 1, 4, 5, 2, 5)] + [a * d - b * b]
    determinant = a * first + b * second + c * third
    return np.asarray(np.stack(full, -1).reshape(m.shape) / determinant[..., None, None])


def hand_mask(hands: Sequence[Points], side: int, thickness: float) -> Plane:
    """Hands from their 21 points each; fingers `thickness` times the palm's length wide."""
    mask = np.zeros((side, side), np.uint8)
    for hand in hands:
        palm = float(np.linalg.norm(hand[0] - hand[9])) + 1e-6
        width = max(2, int(thickness * palm))
        q = np.round(hand * 16).astype(np.int32)
        for finger in FINGERS:
            cv2.polylines(mask, [q[list(finger)]], False, 255, width, cv2.LINE_AA, 4)
        cv2.fillConvexPoly(mask, cv2.convexHull(q[list(PALM)]), 255, cv2.LINE_AA, 4)
    return smooth_step(blurred(floats(mask) / np.float32(255), 1.2), 0.3, 0.7)


def masks_of(
    pixels: Pixels, raw: Masks, faces: Sequence[Face], hands: Sequence[Points], hold: Hold
) -> Masks:
    """Decide what each pixel is."""
    votes = _first_votes(pixels, raw, faces, hands)
    for face in faces:
        _skin_coloured_clothes(votes, face)
        _hair_above_the_face(votes, face, raw)
        _no_skin_beside_a_head(votes, face)
        _no_hair_on_a_shoulder(votes, face)
    votes.skin = np.maximum(votes.skin, votes.inside * (votes.hair < 0.5) * 0.9)
    for face in faces:
        _close_highlights(votes, face)
    distance = head_distance(faces, pixels.shape[0])
    if faces:
        votes.hair = votes.hair * (1 - smooth_step(distance, 1.9, 2.4))
    labels = _decided(votes, hold)
    _without_specks(labels, faces)
    if faces:
        _hair_hangs_on_a_head(labels, votes.soft, distance)
        if faces[0].height > 0.25 * pixels.shape[0]:
            _skin_hangs_on_a_face(labels, votes)
    return _softened(labels, hold)


def _first_votes(
    pixels: Pixels, raw: Masks, faces: Sequence[Face], hands: Sequence[Points]
) -> _Votes:
    side = pixels.shape[0]
    guided = GuidedFilter(pixels, 6, 2e-4)
    allowed = smooth_step(blurred(raw.person, 6), 0.12, 0.4)
    inside = np.zeros((side, side), np.float32)
    for face in faces:
        hull = cv2.convexHull(face.seen[list(OVAL)].astype(np.int32))
        cv2.fillConvexPoly(inside, hull, 1.0)
    held = guided(hand_mask(hands, side, 0.30)) if hands else np.zeros_like(inside)
    lab = lab_picture(pixels)
    y, x = np.mgrid[0:side, 0:side].astype(np.float32)
    return _Votes(
        skin=guided(np.maximum(raw.skin, held) * allowed),
        clothes=guided(raw.clothes * (1 - held) * allowed),
        hair=guided(raw.hair * (1 - held) * allowed),
        person=raw.person,
        hands=held,
        inside=blurred(inside, 2),
        lab=lab,
        soft=blurred(lab, 1.5),
        x=x,
        y=y,
    )


def head_distance(faces: Sequence[Face], side: int) -> Plane:
    """How far each pixel is from the nearest face's middle, in heights of that face."""
    distance = np.full((side, side), 9.0, np.float32)
    y, x = np.mgrid[0:side, 0:side].astype(np.float32)
    for face in faces:
        cx, cy = face.seen[list(OVAL)].mean(0)
        distance = np.minimum(distance, np.hypot(x - cx, y - cy) / face.height)
    return distance.astype(np.float32)


def _skin_samples(votes: _Votes, face: Face) -> NDArray[np.float32]:
    """L*a*b* (K, 3) around spots that are bare skin nearly always."""
    side = votes.x.shape[0]
    reach = max(1, int(0.02 * face.height))
    spots = np.clip(face.seen[list(SKIN_SPOTS)].astype(int), 0, side - 1)
    found = [
        votes.soft[max(y - reach, 0) : y + reach + 1, max(x - reach, 0) : x + reach + 1]
        for x, y in spots
    ]
    return np.concatenate([part.reshape(-1, 3) for part in found])


def _above(votes: _Votes, face: Face, index: int) -> Plane:
    """How far above a point of the face each pixel is, in heights of the face."""
    x, y = face.seen[index]
    up = (votes.x - x) * face.up[0] + (votes.y - y) * face.up[1]
    return np.asarray(up / face.height, np.float32)


def _from_centre(votes: _Votes, face: Face) -> Plane:
    x, y = face.seen[list(OVAL)].mean(0)
    return np.asarray(np.hypot(votes.x - x, votes.y - y) / face.height, np.float32)


def _skin_coloured_clothes(votes: _Votes, face: Face) -> None:
    """Away from the face, what has not the colour of its skin is clothes."""
    samples = _skin_samples(votes, face)
    spread = np.maximum(samples.std(0), (9, 3.5, 4.0))
    apart = (votes.soft - np.median(samples, 0)) / spread
    colour = apart[..., 1] ** 2 + apart[..., 2] ** 2
    body = smooth_step(colour, 26, 45) * smooth_step(_from_centre(votes, face), 0.75, 0.95)
    # what has quite another colour is none as near as the collar
    collar = smooth_step(colour, 90, 150) * smooth_step(_from_centre(votes, face), 0.55, 0.65)
    body = np.maximum(body, collar * (1 - votes.inside)) * (1 - votes.hands)
    votes.clothes = np.maximum(votes.clothes, votes.skin * body)
    votes.skin = votes.skin * (1 - body)


def _no_skin_beside_a_head(votes: _Votes, face: Face) -> None:
    """Above the chin and away from the head nothing is skin but hands."""
    x, y = face.seen[list(OVAL)].mean(0)
    aside = np.abs((votes.x - x) * face.across[0] + (votes.y - y) * face.across[1]) / face.height
    near = 1 - smooth_step(_from_centre(votes, face), 2.2, 2.5)
    lost = smooth_step(aside, 0.58, 0.68) * smooth_step(_above(votes, face, CHIN), 0.1, 0.2) * near
    votes.skin = votes.skin * (1 - lost * (1 - votes.hands))


def _no_hair_on_a_shoulder(votes: _Votes, face: Face) -> None:
    """Below the chin and away from the neck, what passes for hair is a dark coat."""
    x, y = face.seen[list(OVAL)].mean(0)
    aside = np.abs((votes.x - x) * face.across[0] + (votes.y - y) * face.across[1]) / face.height
    low = smooth_step(-_above(votes, face, CHIN), 0.05, 0.25)
    coat = smooth_step(aside, 0.62, 0.80) * low
    coat = coat * (1 - smooth_step(_from_centre(votes, face), 2.2, 2.5))  # not another's head
    votes.clothes = np.maximum(votes.clothes, votes.hair * coat)
    votes.hair = votes.hair * (1 - coat)


def _hair_above_the_face(votes: _Votes, face: Face, raw: Masks) -> None:
    """Around and over the forehead a head is hair, unless it has the colour of its skin.

    Where the network is sure of the skin of a large face it takes much to say otherwise: side light
    makes skin dark. In a hazy picture it errs too often.
    """
    samples = _skin_samples(votes, face)
    median = np.median(samples, 0)
    apart = (votes.soft - median) / np.maximum(samples.std(0), (9, 3.5, 4.0))
    darker = np.where(apart[..., 0] < 0, 0.9, 0.3)
    unlike = apart[..., 1] ** 2 + apart[..., 2] ** 2 + darker * apart[..., 0] ** 2
    unlike = blurred(unlike.astype(np.float32), 1.0)
    above = _above(votes, face, NOSE)
    head = smooth_step(1.05 - _from_centre(votes, face), 0, 0.1) * smooth_step(
        votes.person, 0.3, 0.6
    )
    head = head * (1 - smooth_step(votes.inside, 0.2, 0.6))
    zone = smooth_step(above, 0.12, 0.22) * head
    clear = smooth_step(float(np.hypot(median[1], median[2])), 13.5, 18.0)  # no haze
    sure = smooth_step(raw.skin, 0.6, 0.95) * smooth_step(face.height, 90, 150) * clear
    unlike = unlike * (1 - 0.7 * sure)
    dressed = smooth_step(votes.clothes, 0.5, 0.8) * (above < 0.3)
    votes.hair = np.maximum(votes.hair, zone * smooth_step(unlike, 9, 22) * (1 - dressed))
    votes.skin = votes.skin * (1 - zone * smooth_step(unlike, 12, 26))
    crown = smooth_step(above, 0.30, 0.42) * head
    bald = float((raw.hair * crown).sum() / (crown.sum() + 1)) < 0.05
    if not bald:
        share = crown * (1 - 0.85 * sure) * _not_skin_by_chroma(votes, face, median)
        votes.hair_wins(share)
        votes.clothes = votes.clothes * (1 - share)
    votes.clothes = votes.clothes * (1 - zone * (above > 0.3))


def _not_skin_by_chroma(votes: _Votes, face: Face, skin: NDArray[np.float32]) -> Plane:
    """Hair by chroma over lightness and hue: a shadow on skin keeps both, hair does not."""
    q = blurred(votes.lab, max(1.0, 0.016 * face.height))
    chroma = np.hypot(q[..., 1], q[..., 2])
    ratio = chroma / (q[..., 0] + 8)
    skin_ratio = float(np.hypot(skin[1], skin[2]) / (skin[0] + 8))
    paler = 1 - ratio / (skin_ratio + 1e-3)
    hue = np.degrees(np.arctan2(q[..., 2], q[..., 1]) - np.arctan2(skin[2], skin[1]))
    hue_apart = np.abs((hue + 180) % 360 - 180) * (chroma > 6)
    shine = 0.38 * smooth_step(q[..., 0] - skin[0], -2, 8)  # the shine of a forehead is pale too
    by_hue = smooth_step((hue_apart - 25 * shine), 11, 20) * (np.abs(q[..., 0] - skin[0]) > 4)
    return np.maximum(smooth_step(paler - shine, 0.14, 0.34), by_hue).astype(np.float32)


def _close_highlights(votes: _Votes, face: Face) -> None:
    """A highlight in the hair is hair."""
    size = int(0.075 * face.height) * 2 + 1
    if size <= 3:
        return
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    closed = cv2.morphologyEx((votes.hair > 0.5).astype(np.uint8), cv2.MORPH_CLOSE, kernel)
    over = smooth_step(_above(votes, face, TOP), -0.02, 0.05)
    share = blurred(closed.astype(np.float32), 1.0) * over
    share = share * (1 - smooth_step(votes.inside, 0.2, 0.6)) * (votes.person > 0.5)
    votes.hair_wins(share.astype(np.float32))


def _decided(votes: _Votes, hold: Hold) -> NDArray[np.uint8]:
    """The strongest claim at each pixel, evened out over time before it is decided."""
    claimed = np.maximum.reduce([votes.person * 0.98, votes.skin, votes.hair])
    rest = np.clip(1 - claimed, 0, 1) * (1 - votes.inside)
    clothes = votes.clothes + 0.02 * (votes.person > 0.6)
    claims = np.stack([votes.skin, clothes, votes.hair, rest * 0.9], 2)
    claims = claims / (claims.sum(2, keepdims=True) + 1e-6)
    claims = hold.plane("claims", blurred(claims.astype(np.float32), 1.0))
    return np.asarray(claims.argmax(2), np.uint8)


def _without_specks(labels: NDArray[np.uint8], faces: Sequence[Face]) -> None:
    """Small islands take the label around them (in place)."""
    least = int(max(25, min(700, 0.009 * faces[0].height ** 2))) if faces else 140
    for label in (SKIN, CLOTHES, HAIR, REST):
        count, parts, stats, _ = cv2.connectedComponentsWithStats(
            (labels == label).astype(np.uint8), connectivity=4
        )
        for part in range(1, count):
            if stats[part, cv2.CC_STAT_AREA] >= least:
                continue
            left, top, width, height = stats[part, :4]
            box = np.s_[max(top - 3, 0) : top + height + 3, max(left - 3, 0) : left + width + 3]
            island = parts[box] == part
            grown = cv2.dilate(island.astype(np.uint8), np.ones((5, 5))).astype(bool)
            ring = grown & ~island
            if ring.any():
                labels[box][island] = np.bincount(labels[box][ring]).argmax()


def _hair_hangs_on_a_head(labels: NDArray[np.uint8], soft: Picture, distance: Plane) -> None:
    """Hair away from every head, or unlike the hair on it, is clothes (in place)."""
    own = (labels == HAIR) & (distance < 0.75)
    if own.sum() > 30:
        apart = (soft - np.median(soft[own], 0)) * floats([0.7, 1, 1])
        unlike = np.linalg.norm(apart, axis=-1)
        limit = max(18.0, 2.2 * float(np.percentile(unlike[own], 75)))
        labels[(labels == HAIR) & (distance > 0.85) & (unlike > limit)] = CLOTHES
    _, parts = cv2.connectedComponents((labels == HAIR).astype(np.uint8))
    held = np.unique(parts[(distance < 0.8) & (parts > 0)])
    labels[(parts > 0) & ~np.isin(parts, held)] = CLOTHES


def _skin_hangs_on_a_face(labels: NDArray[np.uint8], votes: _Votes) -> None:
    """In a portrait, skin that touches neither a face nor a hand is a brown coat (in place)."""
    count, parts = cv2.connectedComponents((labels == SKIN).astype(np.uint8))
    held = np.unique(parts[(votes.inside > 0.5) | (votes.hands > 0.5)])
    for part in range(1, count):
        if part not in held:
            labels[parts == part] = CLOTHES


def _softened(labels: NDArray[np.uint8], hold: Hold) -> Masks:
    """Planes with soft edges from the decided labels, held over time once more."""
    planes = [blurred((labels == label).astype(np.float32), sigma)
              for label, sigma in ((SKIN, 1.6), (CLOTHES, 1.6), (HAIR, 1.1))]  # fmt: skip
    held = hold.plane("labels", np.stack(planes, 2), 0.6)
    skin, clothes, hair = (np.ascontiguousarray(held[..., i]) for i in range(3))
    return Masks(skin, clothes, hair, np.clip(skin + clothes + hair, 0, 1))
