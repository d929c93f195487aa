"""Keys in Qt's portable notation, such as Ctrl+Shift+F9, as other systems name them."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import EngineError, SettingError

MODIFIERS = ("Ctrl", "Alt", "Shift", "Meta")

_NAMED = {
    "Space": 0x20,
    "Esc": 0xFF1B,
    "Tab": 0xFF09,
    "Return": 0xFF0D,
    "Backspace": 0xFF08,
    "Ins": 0xFF63,
    "Del": 0xFFFF,
    "Home": 0xFF50,
    "End": 0xFF57,
    "PgUp": 0xFF55,
    "PgDown": 0xFF56,
    "Left": 0xFF51,
    "Up": 0xFF52,
    "Right": 0xFF53,
    "Down": 0xFF54,
    "Pause": 0xFF13,
    "Print": 0xFF61,
}
"""X11's numbers (keysyms) of the keys that have names; those of characters are their codes."""
_FIRST_F, _FS = 0xFFBE, 35
_PORTAL_NAMES = {
    "Esc": "Escape",
    "Ins": "Insert",
    "Del": "Delete",
    "PgUp": "Page_Up",
    "PgDown": "Page_Down",
    "Space": "space",
    "Backspace": "BackSpace",
}
_PORTAL_MODIFIERS = {"Ctrl": "CTRL", "Alt": "ALT", "Shift": "SHIFT", "Meta": "LOGO"}


@dataclass(frozen=True, slots=True)
class KeyCombination:
    """Modifiers, of `MODIFIERS`, and one key by Qt's name."""

    modifiers: frozenset[str]
    key: str

    @property
    def keysym(self) -> int:
        """X11's number of the key."""
        if self.key in _NAMED:
            return _NAMED[self.key]
        if len(self.key) > 1:
            return _FIRST_F + int(self.key[1:]) - 1
        return ord(self.key.lower())

    @property
    def trigger(self) -> str:
        """As the freedesktop specification of shortcuts writes it, such as CTRL+SHIFT+F9."""
        key = _PORTAL_NAMES.get(self.key, self.key if len(self.key) > 1 else self.key.lower())
        words = [_PORTAL_MODIFIERS[name] for name in MODIFIERS if name in self.modifiers]
        return "+".join([*words, key])


def read_keys(text: str) -> KeyCombination:
    """Read Qt's portable notation. Raises SettingError for a key that cannot work in every
    program: one that it does not know, or one without a modifier that people type with.
    """
    *modifiers, key = text.split("+") if not text.endswith("++") else [*text[:-2].split("+"), "+"]
    is_f = key[:1] == "F" and key[1:].isdecimal() and 1 <= int(key[1:]) <= _FS
    known = key in _NAMED or is_f or (len(key) == 1 and "!" <= key <= "~")
    if not known or not set(modifiers) <= set(MODIFIERS):
        raise _unusable(text)
    if is_f and {"Ctrl", "Alt"} <= set(modifiers):  # X11 switches to another console by these
        raise _unusable(text)
    if not set(modifiers) - {"Shift"} and not is_f and key not in ("Pause", "Print"):
        raise SettingError(
            "{keys} cannot be a key for every program: it is needed for typing.",
            "Add Ctrl, Alt or Meta, or use a function key.",
            keys=text,
        )
    return KeyCombination(frozenset(modifiers), key)


def _unusable(text: str) -> EngineError:
    return SettingError(
        "{keys} cannot be used as a key for every program.",
        "Choose a letter, a digit or a function key, such as Ctrl+Shift+F9.",
        keys=text or "-",
    )
