"""What the credentials of a file say: that AI made it from a recording, with which program."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Protocol

from engine.paths import APP_NAME, app_version
from engine.provenance.mark.payload import this_version

SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"
"""The IPTC's machine-readable name for pictures made from real ones with a trained model."""
MARK_ALGORITHM = "live2diff-camera.spread-spectrum.1"
"""The name of the invisible mark among soft bindings."""
_KEPT = ("strength", "steps", "blend", "styled", "behind", "engine_size")
"""Settings that the credentials name, what is unstyled among them. A prompt is the user's own
words, and stays out of them."""


class Made(Protocol):
    """How a picture was made."""

    @property
    def model(self) -> str: ...

    @property
    def style(self) -> str: ...

    @property
    def settings(self) -> Mapping[str, str]: ...


def statement_of(made: Made, *, marked: bool) -> dict[str, object]:
    """The C2PA manifest, without anything that names a person. marked: it bears the invisible
    mark, which leads back to credentials that were stripped.
    """
    agent = {"name": APP_NAME, "version": app_version()}
    settings = {name: made.settings[name] for name in _KEPT if name in made.settings}
    parameters = {"model": made.model, "style": made.style, **settings}
    actions: list[dict[str, object]] = [
        {
            "action": "c2pa.created",
            "digitalSourceType": SOURCE_TYPE,
            "softwareAgent": agent,
            "parameters": parameters,
        }
    ]
    assertions: list[dict[str, object]] = []
    if marked:
        actions.append({"action": "c2pa.watermarked.bound", "softwareAgent": agent})
        assertions.append({"label": "c2pa.soft-binding", "data": _soft_binding()})
    assertions.insert(0, {"label": "c2pa.actions", "data": {"actions": actions}})
    return {"claim_generator_info": [agent], "assertions": assertions}


def _soft_binding() -> dict[str, object]:
    payload = this_version().to_bytes()
    value = base64.b64encode(payload).decode("ascii")
    return {"alg": MARK_ALGORITHM, "blocks": [{"scope": {}, "value": value}]}
