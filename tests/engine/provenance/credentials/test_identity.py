import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from engine.doctor.signing import check_signing
from engine.errors import CredentialError
from engine.provenance.credentials import identity
from engine.provenance.credentials.identity import existing_identity, own_identity

Become = Callable[[str], Path]


def test_it_is_made_once_and_for_its_owner_alone(installation: Become) -> None:
    path = installation("fresh")
    assert existing_identity() is None
    first = own_identity()
    assert own_identity() == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (first.algorithm, first.self_made) == ("es256", True)


def test_it_names_no_person_and_no_computer() -> None:
    subject, issuer = x509.load_pem_x509_certificates(own_identity().chain)
    names = {name.value for each in (subject, issuer) for name in each.subject}
    assert names == {
        "Live2Diff Camera",
        "Live2Diff Camera, one installation",
        "Live2Diff Camera, root of one installation",
    }


def test_the_roots_key_is_not_kept(installation: Become) -> None:
    own_identity()
    assert installation("ours").read_text().count("PRIVATE KEY-----") == 2  # one, begin and end


def test_one_that_ends_soon_is_renewed(
    installation: Become, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identity, "_LIFE", timedelta(days=2))
    first = own_identity()
    monkeypatch.undo()
    installation("ours")
    monkeypatch.setattr(identity, "_LIFE", timedelta(days=900))
    second = own_identity()
    assert second.chain != first.chain
    assert second.expires - datetime.now(UTC) > timedelta(days=800)


@pytest.mark.parametrize("content", ["", "no key", "-----BEGIN PRIVATE KEY-----\nAAAA\n"])
def test_a_broken_one_is_not_replaced_but_told(installation: Become, content: str) -> None:
    path = installation("broken")
    path.parent.mkdir(parents=True)
    path.write_text(content)
    with pytest.raises(CredentialError, match="cannot be used"):
        own_identity()
    assert path.read_text() == content


def test_a_certificate_of_another_key_is_refused(installation: Become) -> None:
    own_identity()
    ours = installation("ours").read_bytes()
    installation("other")
    chain = own_identity().chain
    path = installation("mixed")
    path.parent.mkdir(parents=True)
    path.write_bytes(ours.split(b"-----BEGIN CERTIFICATE")[0] + chain)
    with pytest.raises(CredentialError):
        own_identity()


def test_a_key_of_a_kind_that_c2pa_does_not_know_is_told(installation: Become) -> None:
    key = ec.generate_private_key(ec.SECP256K1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Jane Doe")])
    certificate = identity._certificate(name, name, key, key)
    path = installation("foreign")
    path.parent.mkdir(parents=True)
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(secret + certificate.public_bytes(Encoding.PEM))
    with pytest.raises(CredentialError, match="cannot be used"):
        existing_identity()


def test_an_own_certificate_that_has_ended_is_told_and_not_used(
    installation: Become, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identity, "_LIFE", timedelta(seconds=-1))
    monkeypatch.setattr(identity, "COMMON_NAME", "Jane Doe Films")
    path = installation("own")
    identity._create(path)
    monkeypatch.setattr(identity, "COMMON_NAME", "Live2Diff Camera, one installation")
    before = path.read_bytes()
    with pytest.raises(CredentialError, match="ended on"):
        own_identity()
    assert path.read_bytes() == before
    check = check_signing()
    assert check.passed is None
    assert "ended on" in check.detail
