"""Keys and certificates made for a test, signed by a root of its own; nobody outside trusts them."""

from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NOW = datetime.now(UTC).replace(microsecond=0)
PASSWORD = "khoa-thu-nghiem"


def _name(text):
    return x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"), x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _usage(signs, issues=False):
    return x509.KeyUsage(
        digital_signature=signs, content_commitment=signs, key_encipherment=not signs and not issues, data_encipherment=False,
        key_agreement=False, key_cert_sign=issues, crl_sign=issues, encipher_only=False, decipher_only=False,
    )  # fmt: skip


@cache
def root(name="CA thử nghiệm"):
    """(key, certificate) of who issues."""
    key = ec.generate_private_key(ec.SECP256R1())
    made = x509.CertificateBuilder(_name(name), _name(name), key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(NOW - timedelta(days=3650)).not_valid_after(NOW + timedelta(days=3650))
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    made = made.add_extension(_usage(False, issues=True), critical=True)
    return key, made.sign(key, hashes.SHA256())


def root_pem(name="CA thử nghiệm") -> str:
    return root(name)[1].public_bytes(Encoding.PEM).decode()


def root_der(name="CA thử nghiệm") -> bytes:
    return root(name)[1].public_bytes(Encoding.DER)


@cache
def issued(name, since=-1, until=365, signs=True, by="CA thử nghiệm", for_time=False):
    """(key, certificate) for ``name``, holding from ``since`` to ``until`` days from now."""
    issuer_key, issuer = root(by)
    # The library's time authority for tests knows RSA alone.
    key = rsa.generate_private_key(65537, 2048) if for_time else ec.generate_private_key(ec.SECP256R1())
    made = x509.CertificateBuilder(issuer.subject, _name(name), key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(NOW + timedelta(days=since)).not_valid_after(NOW + timedelta(days=until))
    made = made.add_extension(_usage(signs), critical=True)
    if for_time:
        made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return key, made.sign(issuer_key, hashes.SHA256())


def file_of(name, password=PASSWORD, **facts) -> bytes:
    """The PKCS#12 file of ``name``, with who issued it."""
    key, certificate = issued(name, **facts)
    chain = [root(facts.get("by", "CA thử nghiệm"))[1]]
    return pkcs12.serialize_key_and_certificates(
        b"k", key, certificate, chain, BestAvailableEncryption(password.encode())
    )
