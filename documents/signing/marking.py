"""The body's signature on what goes beside a paper: words in the top right corner of the first page, and no picture.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II.8.b (văn bản kèm theo ở tệp riêng), mục III.1.d (phụ lục ở tệp riêng);
Phần II, mục I (bản sao sang định dạng điện tử).
"""

from django.db import models
from django.utils import timezone

from ..form.letters import POINTS_A_MM, balanced, width
from ..steps.refusing import Refused
from . import looks, places, writing
from .actions import trusted
from .holders import of_unit
from .keys import refuse_unfit
from .looking import Seen, refuse_untrusted, signatures
from .times import time_source

# How wide a line may be, mm: what is longer goes on below.
WIDEST = 75
NOT_SIGNED = "Tệp này chưa có chữ ký số nào. Hãy ký số rồi gửi lại, hoặc chọn ký ở đây."


class CopyForm(models.TextChoices):
    """The forms of a copy (Phụ lục I, Phần II, mục I.1)."""

    WHOLE = "sao-y", "Sao y"
    OF_COPY = "sao-luc", "Sao lục"
    PART = "trich-sao", "Trích sao"


def attached(pdf: bytes, paper, key) -> bytes:
    """``pdf``, which goes with ``paper`` in a file of its own, signed for the body that issued it: number and symbol, moment.

    Raises ``Refused`` for a certificate that is not the body's, and for a file that takes no signature.
    """
    return _marked(pdf, [paper.reference], paper.issuer_unit, key, paper.issuer_name)


def copied(pdf: bytes, form: CopyForm, body, key) -> bytes:
    """``pdf`` signed as a copy that ``body``, a unit, made: form, body, moment. Raises ``Refused`` as ``attached``."""
    return _marked(pdf, [form.label, body.name], body, key)


def _marked(pdf, told, body, key, *names) -> bytes:
    """``names``: how else the body is called."""
    refuse_unfit(key.signing_cert, [body.name, *names], is_of=of_unit(body))
    refuse_untrusted(key, trusted())
    at = timezone.localtime().replace(microsecond=0)
    lines = [part for line in told for part in balanced(line, looks.SMALL, WIDEST * POINTS_A_MM)]
    lines.append(moment(at))
    wide = max(width(line, looks.SMALL) for line in lines) + 1
    high = len(lines) * looks.SMALL * looks.LINE
    box, turned = places.corner(pdf, wide, high)
    look = looks.words(lines, wide, high, align="right", turned=turned)
    field = f"{writing.BESIDE}{len(signatures(pdf)) + 1}"
    return writing.sign(pdf, key, field, box, look, time_source(), at)


def moment(at) -> str:
    """Day, time and zone (ISO 8601) of a signature: ``25/02/2020 10:15:30 +07:00``."""
    zone = f"{at:%z}"
    return f"{at:%d/%m/%Y %H:%M:%S} {zone[:3]}:{zone[3:5]}"


def refuse_unsigned(pdf: bytes, body, *names) -> Seen:
    """The signature of ``body``, a unit, also called ``names``, in a file that was signed in another program. Raises ``Refused``
    where there is none and where something speaks against it.
    """
    found = signatures(pdf, trusted())
    if not found:
        raise Refused(NOT_SIGNED, "files")
    own = [one for one in found if any(of_unit(body)(one.name, name) for name in (body.name, *names))]
    if not own:
        names = ", ".join(one.name for one in found)
        raise Refused(f"Tệp do {names} ký, không phải {body.name}. Hãy gửi tệp do cơ quan ký số.", "files")
    if own[-1].trouble:
        raise Refused(f"Chữ ký của {own[-1].name}: {own[-1].trouble}. Hãy ký lại rồi gửi.", "files")
    return own[-1]
