"""Turns a valid file into one that is damaged, foreign or malicious, by a random generator."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

Mutator = Callable[[Random, bytes], bytes]

_RAW = "@raw{}@"
_NUMBERS = (
    "1" + 400 * "0", "-1" + 400 * "0", 5000 * "9", "1e308", "-1e308", "1e999", "NaN", "Infinity",
    "-Infinity", "-0.0", "1e-320", str(2**63), str(-(2**63) - 1), str(2**31), "-1", "0", "0.5",
)  # fmt: skip
_TEXTS = (
    r'"\ud800"', r'"\udfff\ud800"', r'"a\u0000b"', '""', '"."', '".."', '"../../x"', '"/etc/x"',
    r'"C:\\x"', '"con"', '"' + 6000 * "a" + '"', '"' + 3000 * "a/" + 'b"', '"{}{name}{0!r}"',
    '"installed.json"', '"taesd"', '"built-in"', r'"line\nbreak"', r'"\u202e"',
    '"' + 300 * "猫" + '"', r'"\ud83d\ude00"', '"' + 200_000 * "é" + '"',
)  # fmt: skip
_OTHERS = (
    "null", "true", "false", "[]", "{}", "[[]]", '{"a": {}}', "[null]", "[1, 2]", '["a", "b"]',
    900 * "[" + 900 * "]", 20_000 * "[", 20_000 * '{"a":', 900 * '{"a":' + "1" + 900 * "}",
    "[" + 2000 * "0," + "0]", "\ufeff", "",
)  # fmt: skip
_TOKENS = (
    b"{", b"}", b"[", b"]", b'"', b",", b":", b"\\", b"\\u", b"\0", b"\xff", b"\xed\xa0\x80",
    b"\xef\xbb\xbf", b"\xff\xfe", b"//", b"\n", b"1e9999", b"NaN", b"{}", b"%s%n", b"PK\x03\x04",
)  # fmt: skip


def mutated_json(rng: Random, data: bytes) -> bytes:
    """JSON with a few values, names or places changed; now and then no JSON any more."""
    if rng.random() < 0.15:
        return mutated_bytes(rng, data)
    root = [json.loads(data)]
    raw: list[str] = []
    for _ in range(_few(rng)):
        _change(rng, root, raw)
    text = json.dumps(root[0], ensure_ascii=rng.random() < 0.5)
    for number, piece in enumerate(raw):
        text = text.replace(f'"{_RAW.format(number)}"', piece)
    encoded = text.encode("utf-8", "surrogatepass")
    return mutated_bytes(rng, encoded) if rng.random() < 0.1 else encoded


def mutated_bytes(rng: Random, data: bytes) -> bytes:
    """Bytes flipped, set, cut, repeated, or replaced by tokens that mean something."""
    changed = bytearray(data)
    for _ in range(_few(rng, 12)):
        _damage(rng, changed)
    return bytes(changed)


def mutated_safetensors(rng: Random, data: bytes) -> bytes:
    """A safetensors file whose header, its length, or whose tensors are changed."""
    kind = rng.random()
    length = int.from_bytes(data[:8], "little")
    header, body = data[8 : 8 + length], data[8 + length :]
    if kind < 0.6:
        header = mutated_json(rng, header)
        return len(header).to_bytes(8, "little") + header + body
    if kind < 0.7:
        stated = rng.choice((0, 1, length - 1, length + 1, 2**31, 2**63, 2**64 - 1))
        return stated.to_bytes(8, "little") + header + body
    if kind < 0.8:
        return data[: 8 + length] + mutated_bytes(rng, body)
    return mutated_bytes(rng, data)


def mutated_torch_file(rng: Random, data: bytes) -> bytes:
    """A torch file changed within (with correct checksums), or as a zip."""
    if rng.random() < 0.35:
        return _damaged_zip(rng, data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    index = rng.randrange(len(entries))
    if rng.random() < 0.7:
        index = next(n for n, (name, _) in enumerate(entries) if name.endswith(".pkl"))
    name, content = entries[index]
    entries[index] = (name, mutated_bytes(rng, content))
    if rng.random() < 0.1:
        entries.append(rng.choice(entries))
    if rng.random() < 0.1:
        entries.pop(rng.randrange(len(entries)))
    return _zipped(rng, entries)


def _zipped(rng: Random, entries: Sequence[tuple[str, bytes]]) -> bytes:
    packing = zipfile.ZIP_DEFLATED if rng.random() < 0.05 else zipfile.ZIP_STORED
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", packing) as archive:
        for name, content in dict(entries).items():
            archive.writestr(name, content)
    return written.getvalue()


def _damaged_zip(rng: Random, data: bytes) -> bytes:
    """Damage near the end, where a zip's directory is: numbers of disks, offsets, lengths."""
    changed = bytearray(data)
    if rng.random() < 0.3:
        return mutated_bytes(rng, data)
    end = max(data.rfind(b"PK\x05\x06"), 0)
    start = max(data.find(b"PK\x01\x02"), 0)
    for _ in range(_few(rng)):
        place = rng.randrange(end, len(data)) if rng.random() < 0.5 else rng.randrange(start, end)
        changed[place] = rng.choice((0, 1, 0x7F, 0x80, 0xFF, rng.randrange(256)))
    return b"PK00" + bytes(changed) if rng.random() < 0.1 else bytes(changed)


def _few(rng: Random, most: int = 4) -> int:
    return min(most, 1 + int(rng.expovariate(1.0)))


def _change(rng: Random, root: list[Any], raw: list[str]) -> None:
    """Replace, remove, rename, repeat or swap one value; the root is the only item of a list."""
    places = _places(root)
    holder, key = rng.choice(places)
    value = holder[key]
    action = rng.random()
    if action < 0.65:
        raw.append(rng.choice(rng.choice((_NUMBERS, _TEXTS, _OTHERS))))
        holder[key] = _RAW.format(len(raw) - 1)
    elif action < 0.75 and holder is not root:
        del holder[key]
    elif action < 0.85 and isinstance(holder, dict):
        holder[rng.choice(("", "name", "__class__", "path", "a.b", 300 * "x"))] = holder.pop(key)
    elif action < 0.92:
        other, place = rng.choice(places)
        holder[key] = other[place] if not isinstance(other[place], dict | list) else 3
    else:
        holder[key] = [value] if rng.random() < 0.5 else {"": value}


def _places(holder: object) -> list[tuple[Any, Any]]:
    """Every (list or object, index or name) of a JSON value."""
    if not isinstance(holder, dict | list):
        return []
    keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
    inner = [place for key in keys for place in _places(holder[key])]
    return [(holder, key) for key in keys] + inner


def _damage(rng: Random, data: bytearray) -> None:
    place = rng.randrange(len(data) + 1)
    length = min(len(data) - place, 1 << rng.randrange(8))
    action = rng.randrange(7)
    if action == 0 and place < len(data):
        data[place] ^= 1 << rng.randrange(8)
    elif action == 1 and place < len(data):
        data[place] = rng.choice((0, 1, 0x7F, 0x80, 0xFE, 0xFF, rng.randrange(256)))
    elif action == 2:
        del data[place : place + length]
    elif action == 3:
        data[place:place] = data[place : place + length] * rng.choice((1, 1, 8, 64))
    elif action == 4:
        data[place:place] = rng.choice(_TOKENS)
    elif action == 5:
        data[place : place + length] = rng.randbytes(length)
    elif rng.random() < 0.2:
        del data[place:]
    else:
        width, size = rng.choice((("H", 2**16), ("I", 2**32), ("Q", 2**64)))
        number = rng.choice((0, 1, 2**15, 2**31 - 1, 2**31, 2**32 - 1, 2**63, 2**64 - 1))
        order = rng.choice("<>")
        packed = struct.pack(order + width, number % size)
        data[place : place + len(packed)] = packed
