"""What becomes of a good example: written, agreed to by whom it tells of, published by the department, taken off, erased.

A unit proposes by writing it, and for a person by recording the consent; the department publishes. Source: Nghị định
13/2023/NĐ-CP and Luật Bảo vệ dữ liệu cá nhân 2025 (consent, its withdrawal, no more data than needed).
"""

import io

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from documents.models import Change
from documents.steps.log import words_of
from documents.steps.refusing import Refused
from documents.steps.stepping import Steps, Who
from documents.uploads import drop_left, inspect_picture
from documents.uploads.thumbnails import flat
from units.permissions import may_manage, may_write
from units.text import fold

from ..area import keep
from ..campaign.models import Campaign
from ..campaign.rules import fault_of_year
from ..log import About
from .forms import ConsentForm, WithdrawForm
from .models import Example
from .rules import WORDS, fault_of_words

State = Example.State

_FACTS = ["kind", "name", "post", "unit", "campaign", "title", "deed", "met_on", "sources"]
# Pixels of the longer side of a kept picture.
LONGEST = 2400


def may_begin(user) -> bool:
    """Whether ``user`` may write one at all."""
    return may_write(user)


def may_publish(user) -> bool:
    """Whether ``user`` decides what is published: who runs the year."""
    return may_manage(user)


def waiting():
    """Those that the department has not decided on: they may be told, and nobody took them off since they were last saved."""
    last = Change.objects.filter(about=About.EXAMPLE, key=OuterRef("pk")).order_by("-at", "-pk").values("what")[:1]
    consenting = Q(kind=Example.Kind.COLLECTIVE) | Q(consented_on__isnull=False, consent_ended_on=None)
    rows = Example.objects.filter(consenting, published_on=None).annotate(
        last_step=Coalesce(Subquery(last), Value(""), output_field=TextField())
    )
    return rows.exclude(last_step="take_off")


# --- The steps


def _words(example) -> dict:
    return words_of(example, ["consented_on", "consent_words", "consent_ended_on", "published_on"])


def _words_of_facts(example) -> dict:
    published = {"Công bố": "Đã công bố" if example.published_on else ""}
    return words_of(example, _FACTS) | {"Ảnh": example.picture.name if example.picture_id else ""} | published


def _not_now(step, example) -> str:
    """How far it is, so that a step cannot be taken."""
    is_person = example.kind == Example.Kind.PERSON
    if example.state == State.SILENT:
        return f"Chưa có sự đồng ý của {example.name}. Hãy ghi sự đồng ý trước."
    if example.state == State.ENDED:
        return f"{example.name} đã rút lại đồng ý ngày {example.consent_ended_on:%d/%m/%Y} nên không công bố được."
    if example.state == State.PUBLISHED:
        return f"Gương này đã công bố ngày {example.published_on:%d/%m/%Y}."
    agreed = f"Sự đồng ý ngày {example.consented_on:%d/%m/%Y} đã được ghi" if is_person else _NEEDS_NO_CONSENT
    return f"{agreed}; gương này chưa công bố."


_NEEDS_NO_CONSENT = "Gương tập thể không cần sự đồng ý của cá nhân"
KEEPER = Who(Example.is_kept_by, lambda example: f"{example.unit} và Sở Nội vụ")
PUBLISHER = Who(lambda example, user: may_publish(user), "Sở Nội vụ")
STEPS = Steps(
    Example,
    "gương",
    about=About.EXAMPLE,
    words=_words,
    related=["unit", "campaign__unit", "picture", "consent_file"],
    address="example_step",
    gone="Gương này đã được xóa. Hãy tải lại trang.",
    not_now=_not_now,
    reason_length=300,
    away=lambda example: reverse("examples"),
)


# --- Writing


@transaction.atomic
def save(example, *, by, picture=None, drop_picture=False, seen_version: int | None = None) -> Example:
    """Store a new example, or what was changed in one; ``picture`` takes the place of the one before.

    Raises ``Refused``, ``Stale``, and ``documents.uploads.UploadRefused``.
    """
    if example.pk:
        return edit(
            example, by=by, seen_version=seen_version, typed=example, picture=picture, drop_picture=drop_picture
        )
    _refuse_facts(example, None, by)
    example.by, example.picture = by, keep(_bare(picture), by=by) if picture else None
    example.save()
    STEPS.tell(example, "write_example", "Ghi gương", by=by, after=_words_of_facts(example))
    return example


@STEPS.step("edit_example", "Sửa", State, who=KEEPER, form=None, words=_words_of_facts, then=drop_left)
def edit(example, *, by, typed, picture=None, drop_picture=False):
    """What is ``typed`` takes the place of what stands there; what a unit changes is published again by the department only."""
    _refuse_facts(typed, example, by)
    before, old, was_published = _words_of_facts(example), example.picture, example.published_on
    for name in _FACTS:
        setattr(example, name, getattr(typed, name))
    if picture:
        example.picture = keep(_bare(picture), by=by)
    elif drop_picture:
        example.picture = None
    is_changed = picture or before != _words_of_facts(example)
    example.left = [old] if old != example.picture else []
    more = {"Ảnh": f"{example.picture.name} (ảnh mới)"} if picture and old and old.name == example.picture.name else {}
    if was_published and is_changed and not (may_publish(by) and example.has_consent):
        example.published_on = None
        more["Công bố"] = "Thôi công bố vì nội dung thay đổi"
    return more


def _refuse_facts(example, stored, by):
    """What cannot be stored; ``stored``: what stands there, where something does."""
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
    facts = inspect_picture(file)
    memory = io.BytesIO()
    flat(file, LONGEST).save(memory, "JPEG", quality=88)
    return ContentFile(memory.getvalue(), name=f"{facts.name.rpartition('.')[0]}.jpg")


# --- Consent


@STEPS.step(
    "give_consent", "Ghi sự đồng ý", [State.SILENT, State.ENDED], who=KEEPER, form=ConsentForm,
    told="Đã ghi sự đồng ý.", then=drop_left,
)  # fmt: skip
def give_consent(example, *, by, on, words, files=None):
    """Record that the person agrees to be told of, since ``on`` and in what form; ``files``: the paper of it."""
    if fault := fault_of_year(on):
        raise Refused(fault, "on")
    if on > timezone.localdate():
        raise Refused(f"Ngày {on:%d/%m/%Y} chưa đến. Hãy ghi ngày người được nêu gương đồng ý.", "on")
    if not words.strip():
        raise Refused("Hãy ghi hình thức đồng ý, ví dụ: bản đồng ý có chữ ký.", "words")
    if fault_of_words(words):
        raise Refused(fault_of_words(words), "words")
    if example.consent_ended_on and on < example.consent_ended_on:
        raise Refused(
            f"Người được nêu gương đã rút lại đồng ý ngày {example.consent_ended_on:%d/%m/%Y}. "
            "Chỉ ghi sự đồng ý mới, từ ngày đó trở đi.",
            "on",
        )
    example.left = [example.consent_file]
    example.consented_on, example.consent_words, example.consent_ended_on = on, words.strip(), None
    example.consent_file = keep(files, by=by) if files else None


@STEPS.step(
    "withdraw_consent", "Rút lại đồng ý", [State.AGREED, State.PUBLISHED], who=KEEPER, form=WithdrawForm,
    fault=lambda example, _: f"{_NEEDS_NO_CONSENT}." if example.kind == Example.Kind.COLLECTIVE else "",
    told="Đã ghi việc rút lại đồng ý. Gương này không còn công bố ở đâu nữa.",
)  # fmt: skip
def withdraw_consent(example, *, by):
    """The person agrees no longer: from this moment nothing of it is published."""
    example.consent_ended_on, example.published_on = timezone.localdate(), None


# --- Publishing


@STEPS.step("publish", "Công bố", [State.AGREED], who=PUBLISHER, told="Đã công bố. Mọi đơn vị đọc được gương này.")
def publish(example, *, by):
    """Let everybody read it."""
    example.published_on = timezone.localdate()


@STEPS.step("take_off", "Thôi công bố", [State.PUBLISHED], who=KEEPER, needs_reason=True, told="Đã thôi công bố.")
def take_off(example, *, by):
    """Withdraw it from publication; its unit may do that too."""
    example.published_on = None
