"""Whether recordings and snapshots can be signed, and with whose certificate."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.util import find_spec

from engine.doctor.checks import Check, passed, unknown
from engine.errors import CredentialError
from engine.installation import is_bundle
from engine.provenance.credentials.identity import Identity, existing_identity, identity_path

_NAME = "Content Credentials"


def check_signing() -> Check:
    """Check the library and the key. The camera works without, so nothing here is a failure."""
    if find_spec("c2pa") is None:
        remedy = "Install the program again." if is_bundle() else "pip install c2pa-python"
        return unknown(_NAME, "c2pa-python is not installed", remedy)
    try:
        identity = existing_identity()
    except CredentialError as error:
        return Check(_NAME, None, error.template, error.remedy_template, error.values)
    if identity is None:
        return passed(_NAME, "a certificate of this installation is made with the first file")
    return _describe(identity)


def _describe(identity: Identity) -> Check:
    until = f"{identity.expires:%Y-%m-%d}"
    if identity.expires < datetime.now(UTC) and not identity.self_made:
        return unknown(
            _NAME,
            "your own certificate ended on {date}",
            "Put a new one into {path}.",
            date=until,
            path=str(identity_path()),
        )
    if identity.self_made:
        return passed(
            _NAME, "signed with this installation's certificate, until {date}", date=until
        )
    return passed(_NAME, "signed with your own certificate, until {date}", date=until)
