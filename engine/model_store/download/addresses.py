"""Addresses in messages: without what signs them. Loads nothing of the network."""

from __future__ import annotations

import re

_QUERY = re.compile(r"(\w+://[^\s?#'\"<>]*)[?#][^\s'\"<>]*")


def without_queries(text: str) -> str:
    """The text with each address cut before its query, which may hold a signature or a token."""
    return _QUERY.sub(r"\1", text)
