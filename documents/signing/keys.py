"""Keys that sign: in a file (PKCS#12) with its password, or in a token (PKCS#11) with its PIN. Nothing of them is kept.

Source: Luật Giao dịch điện tử 2023 (20/2023/QH15), Điều 22, 25: a certificate that holds at the moment of signing, for who signs.
"""

import threading
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from django.conf import settings
from django.utils import timezone

from ..steps.refusing import Refused
from .holders import is_of_person


class Stopped(Refused):
    """What keeps every paper from being signed for now, and not one alone: a token that is gone, no time to be had."""


# Digests by which a paper can be made that bears the signature of another.
WEAK = {"sha1", "md5", "md2"}
# What a certificate must be for, one of them.
FOR_SIGNING = {"digital_signature", "non_repudiation"}
# And where it says to what end, one of these: any, what is usual for persons, papers (RFC 9336, Microsoft, Adobe).
FOR_PAPERS = {"any_extended_key_usage", "email_protection", "client_auth", "microsoft_smart_card_logon"}
FOR_PAPERS |= {"1.3.6.1.5.5.7.3.36", "microsoft_document_signing", "adobe_authentic_documents_trust"}
NO_KEY = "Không mở được tệp khóa. Hãy chọn đúng tệp .p12 hoặc .pfx và gõ lại mật khẩu của tệp."
ALGORITHMS = {"rsa", "ec", "rsassa_pss"}
OTHER_ALGORITHM = (
    "Khóa trong tệp thuộc loại không dùng để ký văn bản (chỉ dùng khóa RSA hoặc EC). Hãy chọn tệp khóa khác."
)
# By kind of key, bits.
SHORTEST = {"rsa": 2048, "rsassa_pss": 2048, "ec": 224}
NO_TOKEN = "Không thấy thiết bị ký «{}» ở máy chủ. Hãy cắm lại thiết bị rồi ký lại; chưa có gì được ghi."  # noqa: S105
NO_PIN = "Mã PIN của thiết bị ký không đúng. Hãy gõ lại; gõ sai nhiều lần thiết bị sẽ bị khóa."
PIN_LOCKED = "Thiết bị ký «{}» đã bị khóa vì gõ sai mã PIN nhiều lần. Hãy liên hệ nơi cấp để mở khóa."
BUSY = "Thiết bị ký «{}» đang ký văn bản khác. Chưa có gì được ghi; hãy thử lại sau ít phút."
PULLED = "Thiết bị ký bị rút ra hoặc không trả lời trong lúc ký. Chưa có gì được ghi; hãy cắm lại rồi ký lại."
NO_CERTIFICATE = "Thiết bị ký «{}» không có đúng một chứng thư. Hãy ghi tên chứng thư ở Quản trị → Thiết bị ký."
NO_KEY_THERE = "Thiết bị ký «{}» có chứng thư nhưng không có khóa của chứng thư ấy. Hãy liên hệ nơi cấp thiết bị."
# Seconds that one waits for a token that another uses.
PATIENCE = 30
_turns = threading.Lock()


@contextmanager
def from_file(content: bytes, password: str):
    """What signs with the key of a PKCS#12 file. Raises ``Refused`` for another file and a wrong password."""
    from pyhanko.sign.signers import SimpleSigner

    try:
        signer = SimpleSigner.load_pkcs12_data(content, other_certs=(), passphrase=password.encode() or None)
    except (ValueError, TypeError, AttributeError):
        raise Refused(NO_KEY, "password") from None
    if signer.signing_cert.public_key.algorithm not in ALGORITHMS:
        raise Refused(OTHER_ALGORITHM, "key")
    yield signer


@contextmanager
def from_token(token: str, pin: str, certificate: str = ""):
    """What signs with the key of the token called ``token``, through ``settings.PKCS11_MODULE``; one after another, for a token
    knows one login of a process.

    ``certificate``: its label there, if it holds several.

    Raises ``Refused`` where it is not there, for a wrong PIN, and where it goes away while it is used.
    """
    from pkcs11.exceptions import PinIncorrect, PinLenRange, PinLocked, PKCS11Error
    from pyhanko.config.pkcs11 import TokenCriteria
    from pyhanko.sign.pkcs11 import open_pkcs11_session

    if not _turns.acquire(timeout=PATIENCE):
        raise Refused(BUSY.format(token))
    try:
        try:
            session = open_pkcs11_session(
                settings.PKCS11_MODULE, token_criteria=TokenCriteria(label=token), user_pin=pin
            )
        except (PinIncorrect, PinLenRange):
            raise Refused(NO_PIN, "pin") from None
        except PinLocked:
            raise Refused(PIN_LOCKED.format(token), "pin") from None
        except PKCS11Error:
            raise Refused(NO_TOKEN.format(token)) from None
        try:
            with told_when_pulled():
                yield _signer(session, token, certificate)
        finally:
            # Pulled out after the last signature: what was signed is.
            with suppress(PKCS11Error):
                session.close()
    finally:
        _turns.release()


def opened(material: dict):
    """What signs, by what is typed for a file or for a token: the arguments of ``from_file`` or ``from_token``."""
    return from_token(**material) if "token" in material else from_file(**material)


@contextmanager
def told_when_pulled():
    """Raises ``Stopped`` where a token goes away."""
    from pkcs11.exceptions import PKCS11Error

    try:
        yield
    except PKCS11Error:
        raise Stopped(PULLED) from None


def _signer(session, token, label):
    """What signs with the one certificate in a token that has its key there, or with that of ``label``; those of authorities,
    which lie beside it, go along with what is signed. Raises ``Refused`` where there is not just one.
    """
    from asn1crypto.x509 import Certificate
    from pkcs11 import Attribute, ObjectClass
    from pyhanko.sign.pkcs11 import PKCS11Signer

    def beside(certificate) -> dict:
        """What certificate and key have alike: their ID, if not their label."""
        if key := certificate[Attribute.ID]:
            return {Attribute.ID: key}
        return {Attribute.LABEL: certificate[Attribute.LABEL]}

    held = list(session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}))
    named = [one for one in held if not label or one[Attribute.LABEL] == label]
    found = [one for one in named if any(session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY} | beside(one)))]
    if len(found) != 1:
        raise Refused((NO_CERTIFICATE if found or not named else NO_KEY_THERE).format(token))
    read = [Certificate.load(one[Attribute.VALUE]) for one in (*found, *held)]
    (what, value), *_ = beside(found[0]).items()
    which = {"key_id": value} if what == Attribute.ID else {"key_label": value}
    chain = [one for one in read[1:] if one.ca]
    # Every token signs a digest; not every one knows the digest and the signature as one operation.
    return PKCS11Signer(session, **which, signing_cert=read[0], ca_chain=chain, use_raw_mechanism=True)


def name_in(certificate) -> str:
    """For whom a certificate is: the common name of its subject."""
    found = certificate.subject.native.get("common_name") or certificate.subject.human_friendly
    return found if isinstance(found, str) else ", ".join(found)


def weaknesses(certificate):
    """What a certificate and its key lack to sign papers with, whoever has it and whenever."""
    usage, purposes = certificate.key_usage_value, certificate.extended_key_usage_value
    if certificate.ca or (usage is not None and not FOR_SIGNING & usage.native):
        yield "không cấp để ký"
    elif purposes is not None and not FOR_PAPERS & set(purposes.native):
        yield "không cấp để ký văn bản"
    if certificate.self_issued:
        yield "tự cấp, không do tổ chức nào cấp"
    if certificate.hash_algo in WEAK:
        yield f"được cấp bằng thuật toán {certificate.hash_algo.upper()} đã lỗi thời"
    kind, key = certificate.public_key.algorithm, certificate.public_key
    if kind in SHORTEST and key.bit_size < SHORTEST[kind]:
        yield f"có khóa {kind.upper()} {key.bit_size} bit, ngắn hơn {SHORTEST[kind]} bit, không còn an toàn"


def refuse_unfit(certificate, holders, *, is_of=is_of_person) -> None:
    """Raise ``Refused`` where ``certificate`` has ended, does not hold yet, is not made to sign papers with, or is for none of
    ``holders``, by ``is_of`` (``documents.signing.holders``).
    """
    now, name = datetime.now(UTC), name_in(certificate)
    if certificate.not_valid_after < now:
        raise Refused(
            f"Chứng thư của {name} đã hết hạn lúc {_moment(certificate.not_valid_after)}. Hãy gia hạn rồi ký lại."
        )
    if certificate.not_valid_before > now:
        raise Refused(
            f"Chứng thư của {name} có hiệu lực từ {_moment(certificate.not_valid_before)}, chưa ký được bằng chứng thư này."
        )
    if told := "; ".join(weaknesses(certificate)):
        raise Refused(f"Chứng thư của {name} {told}. Hãy dùng chứng thư chữ ký số khác.")
    if not any(is_of(name, holder) for holder in holders):
        raise Refused(
            f"Chứng thư này của {name}, không phải của {' hay '.join(dict.fromkeys(holders))}. Hãy chọn đúng khóa."
        )


def _moment(at) -> str:
    return f"{timezone.localtime(at):%H:%M ngày %d/%m/%Y}"
