"""What the credentials of a file say: that AI made it from a recording, with which program."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from engine.paths import APP_NAME, app_version
from engine.provenance.credentials.history import Change, Made, said_of
from engine.provenance.mark.payload import this_version

SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"
"""The IPTC's machine-readable name for pictures made from real ones with a trained model."""
MARK_ALGORITHM = "live2diff-camera.spread-spectrum.1"
"""The name of the invisible mark among soft bindings."""


def statement_of(made: Made, *, marked: bool, changes: Sequence[Change] = ()) -> dict[str, object]:
    """The C2PA manifest, without anything that names a person. marked: it bears the invisible
    mark, which leads back to credentials that were stripped. changes: of the settings, on the way.
    """
    agent = {"name": APP_NAME, "version": app_version()}
    actions: list[dict[str, object]] = [
        {
            "action": "c2pa.created",
            "digitalSourceType": SOURCE_TYPE,
            "softwareAgent": agent,
            "parameters": said_of(made),
        },
        *({**_edited(change), "softwareAgent": agent} for change in changes),
    ]
    assertions: list[dict[str, object]] = []
    if marked:
        actions.append({"action": "c2pa.watermarked.bound", "softwareAgent": agent})
        assertions.append({"label": "c2pa.soft-binding", "data": _soft_binding()})
    assertions.insert(0, {"label": "c2pa.actions", "data": {"actions": actions}})
    return {"claim_generator_info": [agent], "assertions": assertions}


def _edited(change: Change) -> dict[str, object]:
    parameters = {"from_second": f"{change.second:.1f}", **change.said}
    if change.unlisted:
        parameters["changes_before_not_listed"] = str(change.unlisted)
    return {"action": "c2pa.edited", "parameters": parameters}


def _soft_binding() -> dict[str, object]:
    payload = this_version().to_bytes()
    value = base64.b64encode(payload).decode("ascii")
    return {"alg": MARK_ALGORITHM, "blocks": [{"scope": {}, "value": value}]}
