"""Who signed a PDF, when, whether what was signed is whole, and whether the certificate goes back to one the office trusts.

Source: Luật Giao dịch điện tử 2023, Điều 22-23; PAdES (ETSI EN 319 142). Nothing is fetched from an address.
"""

import io
import logging
import re
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.utils import timezone

from ..steps.refusing import Refused
from .keys import WEAK, name_in, weaknesses
from .waiting import waited

# A file with more signatures than a paper can bear was made to hold the server.
MOST = 20
_ROOM = re.compile(rb"\s*<([0-9a-f]+|[0-9A-F]+)>\s*")
UNREADABLE = "không đọc được chữ ký"
# What reading a broken file ends in, beside the library's own errors.
BROKEN = (ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError, ArithmeticError, RecursionError)
BROKEN += (OSError, zlib.error)


@dataclass(frozen=True)
class Trust:
    """A certificate (DER bytes) that the office trusts as a root or an issuer, between two days where it says so."""

    der: bytes
    since: date | None = None
    until: date | None = None

    def at(self, moment: datetime):
        """The certificate, where it held and was trusted at ``moment``; else None."""
        from asn1crypto.x509 import Certificate

        found, day = Certificate.load(self.der), timezone.localdate(moment)
        if (self.since and day < self.since) or (self.until and day > self.until):
            return None
        return found if found.not_valid_before <= moment <= found.not_valid_after else None


@dataclass(frozen=True)
class Seen:
    """One signature of a file. ``at``: when, as the signer's machine says or, with ``has_time``, as a time authority does.

    ``is_whole``: the bytes that it covers are as they were. ``goes_on``: something was added behind it; ``is_allowed``: that is
    only what may be, further signatures and filled fields. ``is_trusted``: its certificate held then and goes back to one that
    the office trusts; None where the office trusts none yet.
    """

    name: str
    issuer: str
    serial: str
    at: datetime | None
    has_time: bool
    is_whole: bool
    goes_on: bool
    is_allowed: bool
    is_trusted: bool | None
    faults: str = ""

    @property
    def is_good(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.trouble

    @property
    def trouble(self) -> str:
        """What speaks against it, if anything does."""
        if self.faults:
            return self.faults
        if not (self.is_whole and self.is_allowed):
            return "nội dung đã ký không còn nguyên vẹn"
        if self.is_trusted is False:
            return f"chứng thư do {self.issuer} cấp, không thuộc danh sách tin cậy của cơ quan"
        return ""


def signatures(pdf: bytes, trusted=()) -> list[Seen]:
    """Every signature of ``pdf`` in the order in which they were made; none for a file that has none or cannot be read.

    ``trusted``: what the office trusts, as ``Trust``.
    """
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        found = PdfFileReader(io.BytesIO(pdf), strict=False).embedded_regular_signatures
    except (PdfError, *BROKEN):
        return []
    return [_seen_or_broken(one, tuple(trusted), pdf) for one in found[:MOST]]


def _seen_or_broken(signature, trusted, pdf) -> Seen:
    """One signature; what cannot be read is one all the same."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.validation.errors import SignatureValidationError

    try:
        return _seen(signature, trusted, pdf)
    except (PdfError, SignatureValidationError, *BROKEN):
        nothing = dict.fromkeys(("has_time", "is_whole", "goes_on", "is_allowed"), False)
        return Seen("Không rõ", "không rõ", "", None, **nothing, is_trusted=None, faults=UNREADABLE)


def _seen(signature, trusted, pdf) -> Seen:
    certificate = signature.signer_cert
    roots = [one.dump() for one in signature.other_embedded_certs if one.self_signed == "maybe"]
    status, why = _judged(signature, trusted)
    facts = {
        "name": name_in(certificate),
        "issuer": str(certificate.issuer.native.get("common_name") or certificate.issuer.human_friendly),
        "serial": f"{certificate.serial_number:X}",
    }
    if status is None:
        nothing = dict.fromkeys(("has_time", "is_whole", "goes_on", "is_allowed"), False)
        return Seen(**facts, **nothing, at=signature.self_reported_timestamp, is_trusted=None, faults=why)
    stamped = status.timestamp_validity
    # The word of an authority that the office does not trust is the signer's own.
    has_time = bool(stamped and stamped.intact and stamped.valid and (stamped.trusted or not trusted))
    at = stamped.timestamp if has_time else signature.self_reported_timestamp
    return Seen(
        **facts,
        at=at,
        has_time=has_time,
        is_whole=status.intact and status.valid and _is_filled_up(signature, pdf) and all(map(_is_root_whole, roots)),
        goes_on=status.coverage.name != "ENTIRE_FILE",
        is_allowed=_is_allowed(status),
        is_trusted=status.trusted if trusted else None,
        faults="; ".join(_faults(certificate, at, status.md_algorithm)),
    )


def _judged(signature, trusted):
    """(what the library says of a signature, "") or (None, why it cannot be read)."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.validation import KeyUsageConstraints, async_validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError

    try:
        with _quiet():
            context = _context(trusted, _moment_of(signature))
            # What a certificate may be used for is told by itself (``_faults``).
            facts = {"key_usage_settings": KeyUsageConstraints(key_usage=set())}
            return waited(lambda: async_validate_pdf_signature(signature, context, context, **facts)), ""
    except (PdfError, SignatureValidationError, SigningError, *BROKEN):
        return None, UNREADABLE


def _moment_of(signature) -> datetime | None:
    """When it was signed: as the token of time in it says, else as the signer's machine did."""
    from pyhanko.sign.validation.generic_cms import extract_tst_data_iter

    for token in extract_tst_data_iter(signature.signer_info, signed=False):
        return token["encap_content_info"]["content"].parsed["gen_time"].native
    return signature.self_reported_timestamp


def _context(trusted, at):
    """What certificates are judged by: as of the moment of signing, with nothing fetched."""
    from pyhanko_certvalidator import ValidationContext

    moment = at if at and at.tzinfo else datetime.now(UTC)
    roots = [found for found in (one.at(moment) for one in trusted) if found]
    return ValidationContext(trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail", moment=moment)


def refuse_untrusted(key, trusted) -> None:
    """Raise ``Refused`` where the office keeps a list of what it trusts and the certificate of ``key`` leads to nothing on it:
    a paper that was issued would tell that for good.
    """
    from pyhanko_certvalidator import CertificateValidator
    from pyhanko_certvalidator.errors import PathBuildingError, PathValidationError, ValidationError

    if not trusted:
        return
    certificate, others = key.signing_cert, list(key.cert_registry)
    with _quiet():
        try:
            context = _context(trusted, None)
            waited(lambda: CertificateValidator(certificate, others, context).async_validate_path())
        except (PathBuildingError, PathValidationError, ValidationError, ValueError):
            issuer = certificate.issuer.native.get("common_name") or certificate.issuer.human_friendly
            raise Refused(
                f"Chứng thư của {name_in(certificate)} do {issuer} cấp, không thuộc danh sách tin cậy của cơ quan. Nếu nơi cấp "
                "đúng là tổ chức được công nhận, người quản trị thêm ở Quản trị → Chứng thư tin cậy."
            ) from None


def _is_allowed(status) -> bool:
    """Whether what was added behind a signature, if anything, is no more than signatures and filled fields, and the signature
    itself forbids none of it.
    """
    from pyhanko.sign.diff_analysis import ModificationLevel

    level = status.modification_level
    return level is not None and level <= ModificationLevel.FORM_FILLING and status.docmdp_ok is not False


def _is_filled_up(signature, pdf) -> bool:
    """Whether the room that was kept for a signature, the only bytes of a file that are not signed, holds it and nothing else:
    figures of one kind of letters, zeros behind it.
    """
    from asn1crypto.parser import peek

    content, (_, begin, end, _) = signature.pkcs7_content, map(int, signature.byte_range)
    return bool(_ROOM.fullmatch(pdf[begin:end])) and not content[peek(content) :].strip(b"\0")


def _is_root_whole(der: bytes) -> bool:
    """Whether a root that came along, which no signature covers, is signed by itself."""
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

    try:
        root = x509.load_der_x509_certificate(der)
        # Nobody checks any more what is signed by the digests of old roots.
        if root.signature_hash_algorithm and root.signature_hash_algorithm.name not in WEAK:
            root.verify_directly_issued_by(root)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError, x509.InvalidVersion):
        return False
    return True


def _faults(certificate, at, digest):
    """What the certificate itself and the way of signing say against the signature."""
    at = at if at and at.tzinfo else datetime.now(UTC)
    if not certificate.not_valid_before <= at <= certificate.not_valid_after:
        yield "chứng thư không còn, hoặc chưa có, hiệu lực lúc ký"
    yield from (f"chứng thư {told}" for told in weaknesses(certificate))
    if digest in WEAK:
        yield f"ký bằng thuật toán {digest.upper()} đã lỗi thời, có thể bị giả mạo"


@contextmanager
def _quiet():
    """Without the library's log of each certificate that leads nowhere, which is what it is asked for here."""
    log = logging.getLogger("pyhanko")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(level)
