"""Who signed a PDF, when, whether what was signed is whole, and whether the certificate goes back to one the office trusts.

Source: Luật Giao dịch điện tử 2023, Điều 22-23; PAdES (ETSI EN 319 142). Nothing is fetched from an address.
"""

import io
import logging
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from .keys import FOR_SIGNING, name_in
from .waiting import waited

# A file with more signatures than a paper can bear was made to hold the server.
MOST = 20


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
        return self.is_whole and self.is_allowed and self.is_trusted is not False and not self.faults


def signatures(pdf: bytes, trusted=()) -> list[Seen]:
    """Every signature of ``pdf`` in the order in which they were made; none for a file that has none or cannot be read.

    ``trusted``: certificates (DER bytes) that the office trusts as roots or issuers.
    """
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        found = PdfFileReader(io.BytesIO(pdf), strict=False).embedded_regular_signatures
        return [_seen(one, tuple(trusted)) for one in found[:MOST]]
    except (PdfError, ValueError, KeyError, TypeError, RecursionError):
        return []


def _seen(signature, trusted) -> Seen:
    certificate = signature.signer_cert
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
    has_time = bool(stamped and stamped.intact and stamped.valid)
    at = stamped.timestamp if has_time else signature.self_reported_timestamp
    return Seen(
        **facts,
        at=at,
        has_time=has_time,
        is_whole=status.intact and status.valid,
        goes_on=status.coverage.name != "ENTIRE_FILE",
        is_allowed=_is_allowed(status),
        is_trusted=status.trusted if trusted else None,
        faults="; ".join(_faults(certificate, at)),
    )


def _judged(signature, trusted):
    """(what the library says of a signature, "") or (None, why it cannot be read)."""
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.validation import async_validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError

    try:
        with _quiet():
            context = _context(trusted, signature.self_reported_timestamp)
            return waited(lambda: async_validate_pdf_signature(signature, context, context)), ""
    except (SignatureValidationError, SigningError, ValueError, KeyError, TypeError):
        return None, "không đọc được chữ ký"


def _context(trusted, at):
    """What certificates are judged by: as of the moment of signing, with nothing fetched."""
    from asn1crypto.x509 import Certificate
    from pyhanko_certvalidator import ValidationContext

    roots = [Certificate.load(content) for content in trusted]
    moment = at if at and at.tzinfo else None
    return ValidationContext(trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail", moment=moment)


def _is_allowed(status) -> bool:
    """Whether what was added behind a signature, if anything, is no more than signatures and filled fields."""
    from pyhanko.sign.diff_analysis import ModificationLevel

    level = status.modification_level
    return level is not None and level <= ModificationLevel.FORM_FILLING


def _faults(certificate, at):
    """What the certificate itself says against the signature."""
    at = at if at and at.tzinfo else datetime.now(UTC)
    if not certificate.not_valid_before <= at <= certificate.not_valid_after:
        yield "chứng thư không còn, hoặc chưa có, hiệu lực lúc ký"
    usage = certificate.key_usage_value
    if usage is not None and not FOR_SIGNING & usage.native:
        yield "chứng thư không cấp để ký"


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
