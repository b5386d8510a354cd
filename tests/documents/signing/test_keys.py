"""What signs, and what does not: every way in which a key, its certificate or a time authority is not as it should be."""

import threading
from contextlib import contextmanager
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.urls import reverse

from documents.signing import actions, keys, looking, times, writing
from documents.signing.looks import words
from documents.signing.places import Box
from documents.signing.waiting import waited
from documents.steps.refusing import Refused

from . import certificates
from .certificates import NOW, PASSWORD, file_of, issued, root

SIGNER = "Nông Văn Minh"
BOX = Box(0, 10, 10, 110, 50)


def own_file(key, *, digest=hashes.SHA256, usage=None, purposes=(), locked=True, name=SIGNER) -> bytes:
    """The PKCS#12 file of a certificate that the test's root issued for the public half of ``key``."""
    issuer_key, issuer = root("CA thử nghiệm")
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = x509.CertificateBuilder(issuer.subject, subject, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(NOW - timedelta(days=1)).not_valid_after(NOW + timedelta(days=9))
    if usage:
        made = made.add_extension(usage, critical=True)
    if purposes:
        made = made.add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
    signed = made.sign(issuer_key, digest())
    lock = BestAvailableEncryption(PASSWORD.encode()) if locked else NoEncryption()
    return pkcs12.serialize_key_and_certificates(b"k", key, signed, [issuer], lock)


def signed_with(content, password=PASSWORD):
    with keys.from_file(content, password) as key:
        keys.refuse_unfit(key.signing_cert, [SIGNER])
        return writing.sign(words(["Một trang"], 300, 300), key, "NguoiKy", BOX, words(["Ký"], 100, 40))


@pytest.mark.parametrize(
    "make",
    [
        lambda: rsa.generate_private_key(65537, 2048),
        lambda: ec.generate_private_key(ec.SECP256R1()),
        lambda: ec.generate_private_key(ec.SECP384R1()),
    ],
    ids=["RSA", "P-256", "P-384"],
)
def test_keys_of_the_usual_kinds_sign_and_are_believed(make):
    (seen,) = looking.signatures(signed_with(own_file(make())), [looking.Trust(certificates.root_der())])
    assert (seen.name, seen.is_good) == (SIGNER, True)


def test_a_key_of_another_kind_signs_nothing():
    with pytest.raises(Refused, match="chỉ dùng khóa RSA hoặc EC"):
        signed_with(own_file(ed25519.Ed25519PrivateKey.generate()))


def test_a_certificate_for_signing_need_not_be_for_contracts_too():
    """Of the two uses by which one may sign, one is enough."""
    none = dict.fromkeys(("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign"), False)
    use = x509.KeyUsage(True, False, **none, encipher_only=False, decipher_only=False)
    content = own_file(ec.generate_private_key(ec.SECP256R1()), usage=use)
    (seen,) = looking.signatures(signed_with(content), [looking.Trust(certificates.root_der())])
    assert seen.is_good


def test_a_long_chain_has_room():
    """As authorities write them: certificates with long words on their policy."""
    told = x509.UserNotice(None, "Chứng thư này chịu quy chế chứng thực. " * 150)
    policy = x509.CertificatePolicies([x509.PolicyInformation(x509.ObjectIdentifier("1.2.3"), [told])])
    issuer_key, issuer = root("CA thử nghiệm")
    made = x509.CertificateBuilder(issuer.subject, issuer.subject, issuer.public_key(), x509.random_serial_number())
    made = made.not_valid_before(NOW).not_valid_after(NOW + timedelta(days=9)).add_extension(policy, critical=False)
    key, certificate = issued(SIGNER)
    chain, lock = [issuer, made.sign(issuer_key, hashes.SHA256())], BestAvailableEncryption(PASSWORD.encode())
    assert signed_with(pkcs12.serialize_key_and_certificates(b"k", key, certificate, chain, lock))


def test_a_short_key_signs_nothing():
    with pytest.raises(Refused, match="ngắn hơn 2048 bit"):
        signed_with(own_file(rsa.generate_private_key(65537, 1024)))  # noqa: S505


@pytest.mark.parametrize(
    ("purposes", "signs"),
    [
        ([ExtendedKeyUsageOID.SERVER_AUTH], False),
        ([ExtendedKeyUsageOID.CODE_SIGNING, ExtendedKeyUsageOID.TIME_STAMPING], False),
        ([ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.EMAIL_PROTECTION], True),
        ([x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")], True),
        ([x509.ObjectIdentifier("1.3.6.1.4.1.311.10.3.12")], True),
    ],
    ids=["a server", "programs, time", "a person", "papers", "papers (Microsoft)"],
)
def test_what_a_certificate_was_issued_to_do(purposes, signs):
    content = own_file(ec.generate_private_key(ec.SECP256R1()), purposes=purposes)
    if signs:
        (seen,) = looking.signatures(signed_with(content), [looking.Trust(certificates.root_der())])
        assert seen.is_good
    else:
        with pytest.raises(Refused, match="không cấp để ký văn bản"):
            signed_with(content)


def test_who_made_the_certificate_signs_nothing_with_it_and_is_told_in_a_file():
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, SIGNER)])
    made = x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(NOW - timedelta(days=1)).not_valid_after(NOW + timedelta(days=9))
    lock = BestAvailableEncryption(PASSWORD.encode())
    content = pkcs12.serialize_key_and_certificates(b"k", key, made.sign(key, hashes.SHA256()), None, lock)
    with pytest.raises(Refused, match="tự cấp"):
        signed_with(content)
    with keys.from_file(content, PASSWORD) as signer:
        (seen,) = looking.signatures(writing.sign(words(["Một"], 300, 300), signer, "S", BOX, words(["Ký"], 100, 40)))
    assert "tự cấp" in seen.faults


def test_who_issues_certificates_signs_no_papers():
    issuer_key, issuer = root()
    content = pkcs12.serialize_key_and_certificates(
        b"k", issuer_key, issuer, None, BestAvailableEncryption(PASSWORD.encode())
    )
    with pytest.raises(Refused, match="không cấp để ký"):
        signed_with(content)


def test_a_file_without_a_password_is_opened_without_one_and_not_with_another():
    content = own_file(ec.generate_private_key(ec.SECP256R1()), locked=False)
    assert signed_with(content, "")
    with pytest.raises(Refused, match="Không mở được tệp khóa"):
        signed_with(file_of(SIGNER), "")


def test_a_file_with_a_certificate_and_no_key_signs_nothing():
    content = pkcs12.serialize_key_and_certificates(
        b"k", None, issued(SIGNER)[1], None, BestAvailableEncryption(PASSWORD.encode())
    )
    with pytest.raises(Refused, match="Không mở được tệp khóa"):
        signed_with(content)


def test_a_certificate_without_any_word_on_its_use_signs():
    assert signed_with(own_file(ec.generate_private_key(ec.SECP256R1())))


# --- Trust, by days


@pytest.mark.parametrize(
    ("since", "until", "is_trusted"),
    [(None, None, True), (0, None, True), (1, None, False), (None, 0, True), (None, -1, False), (-5, 5, True)],
)
def test_who_issued_is_trusted_from_one_day_to_another(since, until, is_trusted):
    from django.utils import timezone

    today = timezone.localdate()
    days = [None if day is None else today + timedelta(days=day) for day in (since, until)]
    (seen,) = looking.signatures(signed_with(file_of(SIGNER)), [looking.Trust(certificates.root_der(), *days)])
    assert (seen.is_whole, seen.is_trusted) == (True, is_trusted)


@pytest.mark.django_db
def test_the_days_of_trust_are_typed_in_the_back_office(client_of, administrator):
    page = reverse("admin:documents_trustedcertificate_add")
    typed = {
        "name": "CA",
        "pem": certificates.root_pem(),
        "source": "thử",
        "since": "01/02/2026",
        "until": "31/12/2026",
    }
    wrong = client_of(administrator).post(page, typed | {"since": "01/02/2027"})
    assert "Ngày cuối phải từ ngày đầu trở đi" in wrong.content.decode()
    assert client_of(administrator).post(page, typed).status_code == 302
    (trust,) = actions.trusted()
    assert (trust.since, trust.until) == (date(2026, 2, 1), date(2026, 12, 31))


def test_who_issued_has_ended_is_trusted_no_more():
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "CA đã hết hạn")])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(NOW - timedelta(days=90)).not_valid_after(NOW - timedelta(days=1))
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    from cryptography.hazmat.primitives.serialization import Encoding

    ended = made.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)
    (seen,) = looking.signatures(signed_with(file_of(SIGNER)), [looking.Trust(ended)])
    assert seen.is_trusted is False


# --- A time authority that is down, slow, or tells something else


@contextmanager
def authority(answer, kind="application/timestamp-reply", status=200, wait=0):
    """The address of a server that answers every question with ``answer``."""
    release = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            if wait:
                release.wait(wait)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args):
            """Nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        release.set()
        server.shutdown()
        server.server_close()


def ask(settings, url):
    settings.TSA_URL = url
    with keys.from_file(file_of(SIGNER), PASSWORD) as key:
        return writing.sign(
            words(["Một trang"], 300, 300), key, "NguoiKy", BOX, words(["Ký"], 100, 40), times.time_source()
        )


@pytest.mark.parametrize(
    "facts",
    [
        {"answer": b"<html>500</html>", "status": 500},
        {"answer": b"<html>login</html>", "kind": "text/html"},
        {"answer": b""},
        {"answer": b"\x30\x03\x02\x01\x00"},
        {"answer": b"\x30\x05\x30\x03\x02\x01\x02"},
        {"answer": b"x" * (times.LARGEST + 1)},
    ],
    ids=["an error", "a page", "nothing", "no answer", "refused", "endless"],
)
def test_a_bad_answer_signs_nothing(settings, facts):
    with authority(**facts) as url, pytest.raises(keys.Stopped, match="Không lấy được dấu thời gian"):
        ask(settings, url)


def test_nobody_there_signs_nothing(settings):
    with pytest.raises(keys.Stopped, match="Không lấy được dấu thời gian"):
        ask(settings, "http://127.0.0.1:9/")


def test_one_who_does_not_answer_in_time_signs_nothing(settings, monkeypatch):
    monkeypatch.setattr(times, "PAUSE", 0.2)
    with authority(b"", wait=5) as url, pytest.raises(keys.Stopped, match="Không lấy được dấu thời gian"):
        ask(settings, url)


def test_the_time_of_another_paper_signs_nothing(settings, monkeypatch):
    """A token that is right in itself, and for other bytes."""
    from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1 as cert_of
    from pyhanko.keys.internal import translate_pyca_cryptography_key_to_asn1 as key_of
    from pyhanko.sign.timestamps import DummyTimeStamper, TimeStamper

    key, certificate = issued("TSA", for_time=True)
    dummy = DummyTimeStamper(cert_of(certificate), key_of(key))

    token = waited(lambda: dummy.async_timestamp(b"\0" * 32, "sha256"))

    async def other(self, message_digest, md_algorithm):
        return token

    monkeypatch.setattr(TimeStamper, "async_timestamp", other)
    with pytest.raises(keys.Stopped, match="Không lấy được dấu thời gian"):
        ask(settings, "http://127.0.0.1:9/")
