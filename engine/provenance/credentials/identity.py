"""The key and certificate of this installation, made at first use, or the user's own ones.

They are in one file, for its owner alone to read: the key, the certificate, and those above it.
A plain self-signed certificate is refused by the C2PA libraries, so a root of this installation
signs the certificate; the root's own key is forgotten at once. Neither names a person or a
computer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from engine.errors import CredentialError
from engine.files.atomic import write_bytes
from engine.paths import APP_NAME, data_dir

COMMON_NAME = f"{APP_NAME}, one installation"
_LIFE = timedelta(days=5 * 365)
_RENEW_BEFORE = timedelta(days=30)
_CURVES = {"secp256r1": "es256", "secp384r1": "es384", "secp521r1": "es512"}


@dataclass(frozen=True, slots=True)
class Identity:
    """What files are signed with. key and chain: PEM. algorithm: by its C2PA name, "es256"."""

    key: bytes
    chain: bytes
    algorithm: str
    self_made: bool
    expires: datetime

    @property
    def root(self) -> bytes:
        """The PEM of the topmost certificate that is there."""
        last = x509.load_pem_x509_certificates(self.chain)[-1]
        return last.public_bytes(Encoding.PEM)


def identity_path() -> Path:
    """Where key and certificates are. A user's own go into the same file."""
    return data_dir() / "credentials" / "signing.pem"


def own_identity() -> Identity:
    """The identity of this installation, made now where there is none or its time is over.

    A user's own certificate is never replaced, nor used after its end. Raises CredentialError.
    """
    identity = existing_identity()
    if identity is None or (identity.self_made and _ends_soon(identity)):
        _create(identity_path())
        identity = existing_identity()
    assert identity is not None
    if identity.expires < datetime.now(UTC):
        raise CredentialError(
            "Your certificate ended on {date}: what it signs would not be valid.",
            "Put a new one, with its key, into {path}. Without the file, another one will be made.",
            date=f"{identity.expires:%Y-%m-%d}",
            path=identity_path(),
        )
    return identity


def existing_identity() -> Identity | None:
    """The identity, None before the first use. Raises CredentialError."""
    path = identity_path()
    try:
        return _parsed(path.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CredentialError(
            "The signing key cannot be read: {reason}.",
            "Make {path} readable to you, or remove it: another one will be made.",
            reason=error.strerror or error,
            path=path,
        ) from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:  # TypeError: with a password
        raise CredentialError(
            "The signing key in {path} cannot be used.",
            "It must hold a private key without a password and its certificates, as PEM. Without "
            "the file, another one will be made.",
            path=path,
        ) from error


def _parsed(data: bytes) -> Identity:
    key = load_pem_private_key(data, None)
    certificates = x509.load_pem_x509_certificates(data)
    if certificates[0].public_key() != key.public_key():
        raise ValueError("the first certificate belongs to another key")
    return Identity(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        b"".join(each.public_bytes(Encoding.PEM) for each in certificates),
        _algorithm(key),
        any(name.value == COMMON_NAME for name in certificates[0].subject),
        certificates[0].not_valid_after_utc,
    )


def _algorithm(key: object) -> str:
    match key:
        case ec.EllipticCurvePrivateKey() if key.curve.name in _CURVES:
            return _CURVES[key.curve.name]
        case ed25519.Ed25519PrivateKey():
            return "ed25519"
        case rsa.RSAPrivateKey():
            return "ps256"
        case _:
            raise ValueError("a key of a kind that C2PA does not know")


def _ends_soon(identity: Identity) -> bool:
    return identity.expires - datetime.now(UTC) < _RENEW_BEFORE


def _create(path: Path) -> None:
    """Make a root and a certificate below it; the root's key is never written."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name = _name(f"{APP_NAME}, root of one installation")
    root = _certificate(root_name, root_name, root_key, root_key)
    leaf = _certificate(_name(COMMON_NAME), root_name, key, root_key)
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    chain = leaf.public_bytes(Encoding.PEM) + root.public_bytes(Encoding.PEM)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_bytes(path, secret + chain, private=True)
    except OSError as error:
        raise CredentialError(
            "The signing key cannot be stored: {reason}.",
            "Free some space, and check that you may write to {folder}.",
            reason=error.strerror or error,
            folder=path.parent,
        ) from error


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, APP_NAME),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer_key: ec.EllipticCurvePrivateKey,
) -> x509.Certificate:
    """A certificate of the profile that C2PA asks for (specification 2.2, 14.5)."""
    is_root = subject == issuer
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + _LIFE)
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(_usage(is_root=is_root), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if not is_root:
        above = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
        builder = builder.add_extension(above, critical=False)
        builder = builder.add_extension(purpose, critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def _usage(*, is_root: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_root,
        key_cert_sign=is_root,
        crl_sign=is_root,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
