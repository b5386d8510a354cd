"""Keys that sign: in a file (PKCS#12) with its password, or in a token (PKCS#11) with its PIN. Nothing of them is kept.

Source: Luật Giao dịch điện tử 2023 (20/2023/QH15), Điều 22, 25: a certificate that holds at the moment of signing, for who signs.
"""

from contextlib import contextmanager
from datetime import UTC, datetime

from django.conf import settings
from django.utils import timezone

from units.text import fold

from ..steps.refusing import Refused

# What a certificate must be for, one of them.
FOR_SIGNING = {"digital_signature", "non_repudiation"}
NO_KEY = "Không mở được tệp khóa. Hãy chọn đúng tệp .p12 hoặc .pfx và gõ lại mật khẩu của tệp."
NO_TOKEN = "Không thấy thiết bị ký «{}» ở máy chủ. Hãy cắm lại thiết bị rồi ký lại; chưa có gì được ghi."  # noqa: S105
NO_PIN = "Mã PIN của thiết bị ký không đúng. Hãy gõ lại; gõ sai nhiều lần thiết bị sẽ bị khóa."
PULLED = "Thiết bị ký bị rút ra hoặc không trả lời trong lúc ký. Chưa có gì được ghi; hãy cắm lại rồi ký lại."
NO_CERTIFICATE = "Thiết bị ký «{}» không có đúng một chứng thư. Hãy ghi tên chứng thư ở Quản trị → Thiết bị ký."


@contextmanager
def from_file(content: bytes, password: str):
    """What signs with the key of a PKCS#12 file. Raises ``Refused`` for another file and a wrong password."""
    from pyhanko.sign.signers import SimpleSigner

    try:
        signer = SimpleSigner.load_pkcs12_data(content, other_certs=(), passphrase=password.encode() or None)
    except (ValueError, TypeError, AttributeError):
        raise Refused(NO_KEY, "password") from None
    yield signer


@contextmanager
def from_token(token: str, pin: str, certificate: str = ""):
    """What signs with the key of the token called ``token``, through ``settings.PKCS11_MODULE``.

    ``certificate``: its label there, if it holds several.

    Raises ``Refused`` where it is not there, for a wrong PIN, and where it goes away while it is used.
    """
    from pkcs11.exceptions import PinIncorrect, PinLenRange, PKCS11Error
    from pyhanko.config.pkcs11 import TokenCriteria
    from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

    try:
        session = open_pkcs11_session(settings.PKCS11_MODULE, token_criteria=TokenCriteria(label=token), user_pin=pin)
    except (PinIncorrect, PinLenRange):
        raise Refused(NO_PIN, "pin") from None
    except PKCS11Error:
        raise Refused(NO_TOKEN.format(token)) from None
    try:
        with session:
            label = certificate or _only_label(session, token)
            # Every token signs a digest; not every one knows the digest and the signature as one operation.
            yield PKCS11Signer(session, cert_label=label, key_label=label, use_raw_mechanism=True)
    except PKCS11Error:
        raise Refused(PULLED) from None


def _only_label(session, token) -> str:
    """How the one certificate in a token is called. Raises ``Refused`` where there is not just one."""
    from pkcs11 import Attribute, ObjectClass

    labels = {row[Attribute.LABEL] for row in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})}
    if len(labels) != 1:
        raise Refused(NO_CERTIFICATE.format(token))
    return labels.pop()


def name_in(certificate) -> str:
    """For whom a certificate is: the common name of its subject."""
    return str(certificate.subject.native.get("common_name") or certificate.subject.human_friendly)


def refuse_unfit(certificate, holders, now: datetime | None = None) -> None:
    """Raise ``Refused`` where ``certificate`` has ended, does not hold yet, does not sign, or is for none of ``holders``."""
    now, name = now or datetime.now(UTC), name_in(certificate)
    if certificate.not_valid_after < now:
        raise Refused(
            f"Chứng thư của {name} đã hết hạn lúc {_moment(certificate.not_valid_after)}. Hãy gia hạn rồi ký lại."
        )
    if certificate.not_valid_before > now:
        raise Refused(
            f"Chứng thư của {name} có hiệu lực từ {_moment(certificate.not_valid_before)}, chưa ký được bằng chứng thư này."
        )
    usage = certificate.key_usage_value
    if usage is not None and not FOR_SIGNING & usage.native:
        raise Refused(f"Chứng thư của {name} không cấp để ký. Hãy dùng chứng thư chữ ký số.")
    if not any(is_for(name, holder) for holder in holders):
        raise Refused(f"Chứng thư này của {name}, không phải của {' hay '.join(holders)}. Hãy chọn đúng khóa.")


def is_for(name, holder) -> bool:
    """Whether the name on a certificate is that of ``holder``, however it writes accents and capitals, and whatever stands
    around it: a post, a code.
    """
    found, sought = fold(name).split(), fold(holder).split()
    return bool(sought) and any(found[at : at + len(sought)] == sought for at in range(len(found) - len(sought) + 1))


def _moment(at) -> str:
    return f"{timezone.localtime(at):%H:%M ngày %d/%m/%Y}"
