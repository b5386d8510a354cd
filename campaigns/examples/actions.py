"""What becomes of a good example: written, agreed to by whom it tells of, published by the department, taken off, erased.

A unit proposes by writing it, and for a person by recording the consent; the department publishes. Source: Nghị định
13/2023/NĐ-CP and Luật Bảo vệ dữ liệu cá nhân 2025 (consent, its withdrawal, no more data than needed).
"""

import io
import re
from datetime import date

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from documents.models import Change
from documents.steps.log import record, words_of
from documents.steps.refusing import Refused, refuse_stale
from documents.uploads import UploadRefused, drop, inspect
from documents.uploads.thumbnails import PICTURES, flat
from units.permissions import may_manage, may_write
from units.text import fold

from ..area import keep
from ..campaign.days import fault_of_year
from ..campaign.models import Campaign
from ..log import About
from .models import Example

_FACTS = ["kind", "name", "post", "unit", "campaign", "title", "deed", "met_on", "sources"]
# Where somebody could type what is nobody's business.
WORDS = ["name", "post", "title", "deed", "sources"]
TAKEN_OFF = "Thôi công bố"
# Pixels of the longer side of a kept picture.
LONGEST = 2400

_ADDRESS = re.compile(r"https?://\S+")
_NUMBER = re.compile(r"(?<!\d)\d{9,}(?!\d)")
# ``0912 345 678``, ``+84 912.345.678``: an amount of money never begins like this.
_GROUPED = re.compile(r"(?<![\d.,-])(?:\+?84[ .-]?\d{2,3}|0\d{2,3})(?:[ .-]\d{3,7}){1,3}(?!\d)")
_BIRTHDAY = re.compile(r"\bsinh\s*(?:ngày)?\s*:?\s*\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}", re.IGNORECASE)


# The laws on personal data, each from its first day, the newest first.
LAWS = (
    (date(2026, 1, 1), "Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15"),
    (date(2023, 7, 1), "Nghị định 13/2023/NĐ-CP"),
)


# --- What may be told


def fault_of_words(text: str) -> str:
    """Why ``text`` tells more of a person than a deed needs; nothing where it does not.

    Looks for numbers of nine digits and more (identity cards, telephones, accounts), together or in groups that begin with
    0 or 84, and for a full date of birth; not inside addresses of pages.
    """
    text = _ADDRESS.sub(" ", text)
    long = _NUMBER.search(text) or next((m for m in _GROUPED.finditer(text) if _digits(m[0]) >= 9), None)
    if long:
        return (
            f"Có dãy số «{long[0]}» giống số định danh, số điện thoại hoặc số tài khoản. Gương điển hình không cần dữ liệu "
            f"cá nhân đó ({_law()}). Hãy bỏ đi; nếu là số tiền, hãy ghi kiểu 1.250.000.000."
        )
    if _BIRTHDAY.search(text):
        return f"Gương điển hình không cần ngày sinh ({_law()}). Hãy bỏ ngày sinh đi."
    return ""


def _law() -> str:
    """The law on personal data that holds today."""
    held = (law for since, law in LAWS if timezone.localdate() >= since)
    return next(held, LAWS[-1][1])


def _digits(text) -> int:
    return sum(sign.isdecimal() for sign in text)


def may_begin(user) -> bool:
    """Whether ``user`` may write one at all."""
    return may_write(user)


def may_publish(user) -> bool:
    """Whether ``user`` decides what is published: who runs the year."""
    return may_manage(user)


def waiting():
    """Those that the department has not decided on: they may be told, and nobody took them off since they were last saved."""
    last = Change.objects.filter(about=About.EXAMPLE, key=OuterRef("pk")).order_by("-at", "-pk").values("act")[:1]
    consenting = Q(kind=Example.Kind.COLLECTIVE) | Q(consented_on__isnull=False, consent_ended_on=None)
    rows = Example.objects.filter(consenting, published_on=None).annotate(
        last_act=Coalesce(Subquery(last), Value(""), output_field=TextField())
    )
    return rows.exclude(last_act=TAKEN_OFF)


# --- Writing


def held(example, by, seen_version, step="") -> Example:
    """The row as it stands, held until the transaction ends. Raises ``Refused`` for strangers, ``Stale`` before ``step``."""
    rows = Example.objects.select_for_update(of=("self",)).with_names().select_related("picture", "consent_file")
    found = rows.filter(pk=example.pk).first()
    if found is None:
        raise Refused("Gương này đã được xóa. Hãy tải lại trang.")
    if not found.is_kept_by(by):
        raise Refused(f"Gương này do {found.unit} và Sở Nội vụ ghi; đơn vị khác chỉ đọc.")
    refuse_stale(About.EXAMPLE, found, seen_version, step=step)
    return found


def _words(example) -> dict:
    words = words_of(example, _FACTS)
    words["Ảnh"] = example.picture.name if example.picture_id else ""
    return words


@transaction.atomic
def save(example, *, by, picture=None, drop_picture=False, seen_version: int | None = None) -> Example:
    """Store a new example, or a changed one; ``picture`` takes the place of the one before.

    What a unit changes in one that is published is published again by the department only. Raises ``Refused``, ``Stale``,
    and ``documents.uploads.UploadRefused``.
    """
    stored = held(example, by, seen_version) if example.pk else None
    _refuse_facts(example, stored, by)
    before = _words(stored) if stored else {}
    old = stored.picture if stored else None
    example.picture = old
    if picture:
        example.picture = keep(_bare(picture), by=by)
    elif drop_picture:
        example.picture = None
    after = _words(example)
    if stored and before == after and not picture:
        return stored
    if stored:
        example.version = stored.version + 1
        _keep_steps(example, stored)
        if stored.published_on and not (may_publish(by) and example.has_consent):
            example.published_on = None
            before["Công bố"], after["Công bố"] = "Đã công bố", "Thôi công bố vì nội dung thay đổi"
    else:
        example.by = by
    example.save()
    record(About.EXAMPLE, example, "Sửa" if stored else "Ghi gương", by=by, before=before, after=after)
    if old and old != example.picture:
        # Last: bytes that are gone do not come back with a transaction that fails.
        drop(old)
    return example


def _keep_steps(example, stored):
    """What steps decided stays as it is stored, whatever the object in hand says."""
    for name in ("by_id", "consented_on", "consent_words", "consent_file_id", "consent_ended_on", "published_on"):
        setattr(example, name, getattr(stored, name))


def _refuse_facts(example, stored, by):
    """What cannot be stored."""
    if not example.is_kept_by(by):
        raise Refused(
            "Chỉ ghi được gương của đơn vị mình. Gương của đơn vị khác do đơn vị đó hoặc Sở Nội vụ ghi.", "unit"
        )
    for name in WORDS:
        fault = fault_of_words(getattr(example, name))
        if fault:
            raise Refused(fault, name)
    if stored is None or (stored.unit_id, stored.met_on) != (example.unit_id, example.met_on):
        _refuse_day(example)
    if example.campaign_id and (stored is None or stored.campaign_id != example.campaign_id):
        _refuse_campaign(example.campaign_id, by)
    if stored:
        _refuse_other_person(example, stored)


def _refuse_day(example):
    if fault := fault_of_year(example.met_on):
        raise Refused(fault, "met_on")
    if example.met_on > timezone.localdate():
        raise Refused(f"Ngày {example.met_on:%d/%m/%Y} chưa đến. Hãy ghi ngày phát hiện hoặc ngày ghi.", "met_on")
    if not example.unit.is_alive_on(example.met_on):
        raise Refused(
            f"{example.unit} ({example.unit.years}) không hoạt động vào ngày {example.met_on:%d/%m/%Y}. "
            "Hãy chọn đơn vị kế thừa, hoặc ghi đúng ngày khi đơn vị còn hoạt động.",
            "unit",
        )


def _refuse_campaign(key, by):
    found = Campaign.objects.visible_to(by).filter(pk=key).first()
    if found is None:
        raise Refused("Không có phong trào này trong số các phong trào bạn xem được. Hãy chọn lại.", "campaign")
    if found.is_draft:
        raise Refused(f"«{found}» chưa phát động. Hãy chọn phong trào khác hoặc để trống.", "campaign")


def _refuse_other_person(example, stored):
    """What tells of a person becomes nothing that needs no consent; and a consent is one person's."""
    is_person = stored.kind == Example.Kind.PERSON
    if is_person and example.kind != stored.kind:
        raise Refused("Gương cá nhân đã ghi thì không đổi thành tập thể. Hãy ghi gương mới cho tập thể.", "kind")
    if is_person and stored.has_consent and fold(example.name) != fold(stored.name):
        raise Refused(
            f"Sự đồng ý đã ghi là của «{stored.name}». Nêu gương người khác thì ghi gương mới; gõ nhầm họ tên thì bấm "
            "«Rút lại đồng ý», sửa họ tên rồi ghi lại sự đồng ý.",
            "name",
        )


def _bare(file):
    """A picture as its pixels only: telephones write into it where it was taken. Raises ``UploadRefused``."""
    facts = inspect(file)
    if facts.extension not in PICTURES:
        raise UploadRefused(f"Tệp «{facts.name}» không phải ảnh. Hãy chọn ảnh JPG hoặc PNG.")
    file.seek(0)
    memory = io.BytesIO()
    flat(file, LONGEST).save(memory, "JPEG", quality=88)
    return ContentFile(memory.getvalue(), name=f"{facts.name.rpartition('.')[0]}.jpg")


# --- Consent


@transaction.atomic
def give_consent(example, *, by, on, words, file=None, seen_version: int | None = None) -> Example:
    """Record that the person agrees to be told of, since ``on`` and in what form. Raises ``Refused``, ``Stale``."""
    found = held(example, by, seen_version)
    if found.kind == Example.Kind.COLLECTIVE:
        raise Refused("Gương tập thể không cần sự đồng ý của cá nhân.")
    if found.has_consent:
        raise Refused(f"Sự đồng ý ngày {found.consented_on:%d/%m/%Y} đã được ghi và còn hiệu lực.")
    if fault := fault_of_year(on):
        raise Refused(fault, "on")
    if on > timezone.localdate():
        raise Refused(f"Ngày {on:%d/%m/%Y} chưa đến. Hãy ghi ngày người được nêu gương đồng ý.", "on")
    if not words.strip():
        raise Refused("Hãy ghi hình thức đồng ý, ví dụ: bản đồng ý có chữ ký.", "words")
    if fault_of_words(words):
        raise Refused(fault_of_words(words), "words")
    if found.consent_ended_on and on < found.consent_ended_on:
        raise Refused(
            f"Người được nêu gương đã rút lại đồng ý ngày {found.consent_ended_on:%d/%m/%Y}. "
            "Chỉ ghi sự đồng ý mới, từ ngày đó trở đi.",
            "on",
        )
    old = found.consent_file
    before = _consent_words(found)
    found.consented_on, found.consent_words, found.consent_ended_on = on, words.strip(), None
    found.consent_file = keep(file, by=by) if file else None
    _step(found, "Ghi sự đồng ý", by, before, _consent_words(found))
    if old:
        drop(old)
    return found


def _consent_words(example) -> dict:
    return words_of(example, ["consented_on", "consent_words", "consent_ended_on", "published_on"])


@transaction.atomic
def withdraw_consent(example, *, by, reason="", seen_version: int | None = None) -> Example:
    """The person agrees no longer: from this moment nothing of it is published. Raises ``Refused``, ``Stale``."""
    found = held(example, by, seen_version, "rút lại đồng ý")
    if found.kind == Example.Kind.COLLECTIVE or not found.has_consent:
        raise Refused("Chưa có sự đồng ý nào còn hiệu lực để rút lại.")
    before = _consent_words(found)
    found.consent_ended_on, found.published_on = timezone.localdate(), None
    return _step(found, "Rút lại đồng ý", by, before, _consent_words(found), reason)


# --- Publishing


@transaction.atomic
def publish(example, *, by, seen_version: int | None = None) -> Example:
    """Let everybody read it. Raises ``Refused``, ``Stale``."""
    found = held(example, by, seen_version)
    if not may_publish(by):
        raise Refused("Gương điển hình do Sở Nội vụ công bố.")
    if found.published_on:
        raise Refused(f"Gương này đã công bố ngày {found.published_on:%d/%m/%Y}.")
    if not found.has_consent:
        raise Refused(
            f"Chưa có sự đồng ý của {found.name} nên chưa công bố được. Hãy ghi sự đồng ý trước."
            if found.consented_on is None
            else f"{found.name} đã rút lại đồng ý ngày {found.consent_ended_on:%d/%m/%Y} nên không công bố được."
        )
    found.published_on = timezone.localdate()
    return _step(found, "Công bố", by, {"Ngày công bố": ""}, words_of(found, ["published_on"]))


@transaction.atomic
def take_off(example, *, by, reason: str, seen_version: int | None = None) -> Example:
    """Withdraw it from publication; its unit may do that too. Raises ``Refused``, ``Stale``."""
    found = held(example, by, seen_version, "thôi công bố")
    if not found.published_on:
        raise Refused("Gương này chưa công bố.")
    if not reason.strip():
        raise Refused("Hãy ghi lý do thôi công bố.", "reason")
    before = words_of(found, ["published_on"])
    found.published_on = None
    return _step(found, TAKEN_OFF, by, before, words_of(found, ["published_on"]), reason)


def _step(example, act, by, before, after, reason="") -> Example:
    example.version += 1
    example.save()
    record(About.EXAMPLE, example, act, by=by, before=before, after=after, reason=reason)
    return example
