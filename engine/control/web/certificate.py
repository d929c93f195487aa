"""A certificate of this computer's own, for HTTPS where no authority can vouch for an address."""

from __future__ import annotations

import datetime
import ssl
from pathlib import Path

from engine.errors import SettingError
from engine.files.atomic import write_bytes
from engine.paths import APP_NAME

LASTS = datetime.timedelta(days=820)
"""Apple's browsers refuse certificates that last more than 825 days."""
RENEWED = datetime.timedelta(days=30)

_NAME = "certificate.pem"


def server_context(folder: Path) -> ssl.SSLContext:
    """The context of a server with the certificate in `folder`, made where there is none, or none
    that lasts. Raises SettingError.
    """
    path = folder / _NAME
    try:
        if not _good(path):
            write_bytes(path, _made(), private=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(path)
    except OSError as error:  # ssl.SSLError is one
        raise SettingError(
            "The certificate for the local network cannot be made: {reason}.",
            "Check the permissions of the settings folder.",
            reason=error.strerror or error,
        ) from error
    return context


def fingerprint(folder: Path) -> str:
    """SHA-256 of the certificate, in pairs of hexadecimal digits, as browsers show it. Raises
    OSError or ValueError where there is none.
    """
    from cryptography import x509  # noqa: PLC0415 - only for those who listen in the network
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415

    certificate = x509.load_pem_x509_certificate((folder / _NAME).read_bytes())
    return certificate.fingerprint(hashes.SHA256()).hex(":").upper()


def _good(path: Path) -> bool:
    from cryptography import x509  # noqa: PLC0415

    try:
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError):
        return False
    now = datetime.datetime.now(datetime.UTC)
    return certificate.not_valid_before_utc <= now < certificate.not_valid_after_utc - RENEWED


def _made() -> bytes:
    """Key and certificate in one PEM file: elliptic curve P-256, signed by itself."""
    from cryptography import x509  # noqa: PLC0415
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415
    from cryptography.x509.oid import NameOID  # noqa: PLC0415

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, APP_NAME)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + LASTS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)
