"""What is done with a plan: written, issued by its paper, closed; the next one begun from it. All by the department.

Until it is issued everything may change; from then on what is changed has a reason, which the log keeps.
"""

from copy import copy
from datetime import date, timedelta

from django.core.validators import MaxValueValidator
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from awards.catalogue.book import award_names
from documents.citations.fields import PaperField
from documents.citations.rules import short_form
from documents.source.vietnamese import roman
from documents.steps.forms import StepForm
from documents.steps.log import words_of
from documents.steps.refusing import Refused, delete, unless_taken
from documents.steps.stepping import GONE, Steps, Who
from units.models import Unit
from units.permissions import may_manage

from ..log import About
from .models import OF_PLAN, Level, Plan, Quota, Required, Share
from .rules import later, refuse_recalled

State = Plan.State
FACTS = [
    "name", "number", "national", "serves_from", "serves_until", "recognised_from", "report_days", "aims", "qualifying",
]  # fmt: skip
LEVEL_FACTS = ["name", "unit_kinds", "begins_on", "ends_on", "full_below", "needs_approval", "sent_up", "is_congress"]
KEPT = (State.DRAFT, State.ISSUED)
YEARS = 5
KEEPER = Who(lambda row, user: may_manage(user), "Sở Nội vụ")


def _words(plan) -> dict:
    """What the log compares."""
    words = words_of(plan, [name for name in FACTS if name != "qualifying"])
    words |= {"Khen thưởng được tính": ", ".join(qualifying_of(plan)), "Trạng thái": plan.get_state_display()}
    return words | {"Văn bản": short_form(plan.document) if plan.document else ""}


def qualifying_of(plan) -> list[str]:
    """What the awards are called that qualify a delegate; none where each does."""
    names = award_names() if plan.qualifying else {}
    return [names.get(code, code) for code in plan.qualifying]


def _words_of_levels(plan) -> dict:
    return {f"Cấp: {row.name}": _words_of_level(row) for row in plan.levels.all()}


def _words_of_level(row) -> str:
    kinds = ", ".join(Unit.Kind(kind).label for kind in row.unit_kinds)
    full = f"họp toàn thể khi ít hơn {row.full_below} người" if row.full_below else ""
    asked = "phải được duyệt" if row.needs_approval else ""
    return "; ".join(filter(None, [row.span, kinds, full, asked, f"cử lên {row.sent_up}"]))


def _words_of_required(plan) -> dict:
    return {"Nội dung, chương trình": "; ".join(map(_words_of_part, plan.required.select_related("told_in")))}


def _words_of_part(row) -> str:
    told = [f"{row.minutes} phút" if row.minutes else "", f"ở phần «{row.told_in}»" if row.told_in_id else ""]
    more = ", ".join(filter(None, told))
    return f"{row.words} ({more})" if more else row.words


def _words_of_shares(plan) -> dict:
    return {"Cơ cấu": "; ".join(map(str, plan.shares.all()))}


STEPS = Steps(
    Plan, "kế hoạch", about=About.PLAN, words=_words, address="plan_step", related=["document__type"],
    away=lambda row: reverse("plans"),
)  # fmt: skip


# --- Begun


@transaction.atomic
def begin(plan, *, by, shares=None) -> Plan:
    """Store a new plan; ``shares``: {trait: percent}. Raises ``Refused``."""
    if not may_manage(by):
        raise Refused("Kế hoạch hội nghị, đại hội do Sở Nội vụ lập.")
    plan.by = by
    with unless_taken(f"Đã có kế hoạch của đại hội lần thứ {plan.number}. Hãy mở kế hoạch đó.", "number"):
        plan.save()
    _store_shares(plan, shares or {})
    STEPS.tell(plan, "begin", "Lập kế hoạch", by=by, after=_words(plan) | _words_of_shares(plan))
    return plan


@transaction.atomic
def begin_next(plan, *, by) -> Plan:
    """The plan of the next cycle with everything of ``plan`` five years later; kinds of units that there are no more go out.

    Raises ``Refused``.
    """
    _refuse_next(plan, by)
    new = copy(plan)
    new.pk, new.document, new.issued_on, new.state, new.version = None, None, None, State.DRAFT, 1
    new._state.adding, new.sample = True, plan.sample
    new.previous, new.by = plan, by
    new.number, new.national = plan.number + 1, plan.national + 1
    new.serves_from, new.serves_until = plan.serves_until, plan.serves_until + YEARS
    _refuse_beyond(new)
    new.recognised_from = _after_congress(plan)
    new.name = plan.name.replace(f"lần thứ {roman(plan.number)}", f"lần thứ {roman(new.number)}")
    with unless_taken(f"Đã có kế hoạch của đại hội lần thứ {new.number}. Hãy mở kế hoạch đó.", "number"):
        new.save()
    _copy_parts(plan, new)
    STEPS.tell(new, "begin", f"Lập từ kế hoạch {plan.province_words}", by=by, after=_words(new))
    return new


def _refuse_next(plan, by):
    if not may_manage(by):
        raise Refused("Kế hoạch hội nghị, đại hội do Sở Nội vụ lập.")
    if plan.state == State.DRAFT:
        raise Refused("Kế hoạch này chưa ban hành. Hãy ban hành trước khi lập kỳ sau.")


def _refuse_beyond(new):
    for name in ("number", "national", "serves_until"):
        field = new._meta.get_field(name)
        most = next(one.limit_value for one in field.validators if isinstance(one, MaxValueValidator))
        if getattr(new, name) > most:
            raise Refused(f"Kỳ sau có {field.verbose_name} {getattr(new, name)}, quá {most}. Hãy xem lại kế hoạch này.")


def _after_congress(plan) -> date:
    """The day after the congress of ``plan`` was held; five years later than before where it was not held yet."""
    held = plan.events.filter(level__is_congress=True, held_on__isnull=False).order_by("held_on").last()
    return held.held_on + timedelta(days=1) if held else later(plan.recognised_from, YEARS)


def _copy_parts(plan, new):
    """Levels whose units there still are, contents, shares; quotas of units that still are."""
    for level in plan.levels.all():
        level.begins_on, level.ends_on = later(level.begins_on, YEARS), later(level.ends_on, YEARS)
        alive = Unit.objects.alive_on(level.ends_on).filter(kind__in=level.unit_kinds).order_by()
        there = set(alive.values_list("kind", flat=True))
        level.pk, level.plan, level.unit_kinds = None, new, [kind for kind in level.unit_kinds if kind in there]
        if level.unit_kinds:
            level.save(force_insert=True)
    for share in plan.shares.all():
        share.pk, share.plan = None, new
        share.save(force_insert=True)
    _copy_required(plan, new)
    first = new.levels.order_by("begins_on").first()
    alive = Unit.objects.alive_on(first.ends_on).order_by().values("pk") if first else []
    Quota.objects.bulk_create(
        Quota(plan=new, unit_id=row.unit_id, number=row.number) for row in plan.quotas.filter(unit__in=alive)
    )


def _copy_required(plan, new):
    """Contents and programme; a content stays in the part that is the copy of its own."""
    rows, copies = list(plan.required.all()), {}
    for row in rows:
        copies[row.pk] = made = copy(row)
        made.pk, made.plan, made.told_in, made._state.adding = None, new, None, True
        made.save(force_insert=True)
    for row in rows:
        if row.told_in_id:
            Required.objects.filter(pk=copies[row.pk].pk).update(told_in=copies[row.told_in_id])


# --- Changed


def _refuse_without_reason(plan, reason):
    if plan.state == State.ISSUED and not reason.strip():
        raise Refused("Kế hoạch đã ban hành. Hãy ghi lý do sửa, ví dụ số của văn bản điều chỉnh.", "reason")


@STEPS.step("edit", "Sửa", KEPT, who=KEEPER, form=None, words=lambda plan: _words(plan) | _words_of_shares(plan))
def edit(plan, *, by, typed, shares, reason=""):
    """Facts as in ``typed``, a plan; ``shares``: {trait: percent} of those that are asked."""
    _refuse_without_reason(plan, reason)
    for name in FACTS:
        setattr(plan, name, getattr(typed, name))
    _store_shares(plan, shares)
    with unless_taken(f"Đã có kế hoạch của đại hội lần thứ {plan.number}. Hãy mở kế hoạch đó.", "number"):
        plan.save()


def _store_shares(plan, shares):
    plan.shares.all().delete()
    Share.objects.bulk_create(Share(plan=plan, trait=trait, percent=percent) for trait, percent in shares.items())


def level_faults(rows) -> list[tuple[int, str, str]]:
    """(place, field, what is wrong) of levels as typed, one beside the other."""
    found, kinds, congress = [], {}, None
    for place, row in enumerate(rows):
        if row.begins_on and row.ends_on and row.ends_on < row.begins_on:
            found.append((place, "ends_on", "Ngày cuối phải từ ngày đầu trở đi."))
        if row.is_congress and congress:
            found.append((place, "is_congress", f"Đại hội của tỉnh đã ghi ở cấp «{congress}»."))
            continue
        for kind in row.unit_kinds:
            if kind in kinds:
                words = f"«{Unit.Kind(kind).label}» đã ghi ở cấp «{kinds[kind]}». Mỗi loại đơn vị ở một cấp."
                found.append((place, "unit_kinds", words))
            kinds.setdefault(kind, row.name)
        congress = congress or (row.is_congress and row.name)
    return found


@STEPS.step("edit_levels", "Sửa các cấp", KEPT, who=KEEPER, form=None, words=_words_of_levels)
def edit_levels(plan, *, by, rows, reason=""):
    """The levels as in ``rows``, in their order: with a key those that were there, others new; what is missing goes out."""
    _refuse_without_reason(plan, reason)
    for _, field, words in level_faults(rows):
        raise Refused(words, field)
    kept = {row.pk: row for row in plan.levels.select_for_update()}
    for key in set(kept) - {row.pk for row in rows}:
        delete(kept[key], f"Cấp «{kept[key]}»")
    for place, row in enumerate(rows):
        level = kept.get(row.pk) or Level(plan=plan)
        for name in LEVEL_FACTS:
            setattr(level, name, getattr(row, name))
        level.position = place
        level.save()


@STEPS.step("edit_required", "Sửa nội dung, chương trình", KEPT, who=KEEPER, form=None, words=_words_of_required)
def edit_required(plan, *, by, rows, reason=""):
    """What conferences must contain as in ``rows``, in their order, as ``edit_levels``.

    A content is told in a part of the programme that is among them; in another it is told nowhere.
    """
    _refuse_without_reason(plan, reason)
    kept = {row.pk: row for row in plan.required.select_for_update()}
    for key in set(kept) - {row.pk for row in rows}:
        delete(kept[key], f"«{kept[key]}»")
    for place, row in enumerate(rows):
        part = kept.get(row.pk) or Required(plan=plan)
        part.kind, part.words, part.minutes, part.position = row.kind, row.words, row.minutes, place
        part.told_in_id = row.told_in_id if _is_told(row, rows) else None
        part.save()


def _is_told(row, rows) -> bool:
    parts = {one.pk for one in rows if one.kind == Required.Kind.PROGRAMME}
    return row.kind == Required.Kind.CONTENT and row.told_in_id in parts - {None}


@STEPS.step("set_quotas", "Ghi số đại biểu của đơn vị", KEPT, who=KEEPER, form=None, words=lambda plan: {})
def set_quotas(plan, *, by, numbers):
    """``numbers``: {unit: how many, or None where what its level says holds}; the log tells what changed."""
    kept = {row.unit_id: row for row in plan.quotas.select_for_update()}
    told, new = {}, []
    for unit, number in numbers.items():
        row = kept.get(unit.pk)
        if (row.number if row else None) == number:
            continue
        told[str(unit)] = "theo cấp" if number is None else str(number)
        if number is None:
            row.delete()
        elif row:
            Quota.objects.filter(pk=row.pk).update(number=number)
        else:
            new.append(Quota(plan=plan, unit=unit, number=number))
    Quota.objects.bulk_create(new)
    return told


def outside(plan) -> int:
    """How many conferences that are still to come lie outside the window of their level, since that was changed. One query."""
    rows = plan.events.filter(level__isnull=False, state__in=["planned", "asked", "ready"])
    last = Coalesce("until", "day")
    return rows.filter(Q(day__lt=F("level__begins_on")) | Q(level__ends_on__lt=last)).count()


# --- Issued, closed


def faults_of(plan, levels=None) -> list[str]:
    """What keeps the plan from being issued, in words; ``levels``: where they were read already."""
    levels = list(plan.levels.all()) if levels is None else levels
    found = [] if levels else ["Chưa ghi cấp nào tổ chức, từ ngày nào đến ngày nào."]
    if levels and not any(row.is_congress for row in levels):
        found.append("Chưa ghi đại hội của tỉnh ở cấp nào.")
    if not plan.required.exists():
        found.append("Chưa ghi nội dung, chương trình bắt buộc.")
    return found


def refuse_faults(plan):
    """Raise ``Refused`` where something is missing."""
    if faults := faults_of(plan):
        raise Refused(f"Chưa ban hành được. {' '.join(faults)}")


class IssueForm(StepForm):
    """The paper by which a plan was issued."""

    paper = PaperField(
        label="Kế hoạch số",
        dated=True,
        help_text="Văn bản đã có trong sổ, ví dụ 125/KH-UBND. Soạn ở đây thì không cần ghi.",
    )


@STEPS.step(
    "issue", "Ghi đã ban hành", [State.DRAFT], to=State.ISSUED, who=KEEPER, form=IssueForm, icon="file-check",
    hint="Từ lúc này các đơn vị đọc được kế hoạch và lập hội nghị của mình.", told="Đã ban hành. Các đơn vị lập được hội nghị.",
)  # fmt: skip
def issue(plan, *, by, paper):
    """It holds by ``paper``, from its day on."""
    if paper is None:
        raise Refused("Hãy ghi số, ký hiệu văn bản kế hoạch.", "paper")
    refuse_recalled(paper)
    refuse_faults(plan)
    plan.document, plan.issued_on = paper, date(paper.year, paper.month, paper.day)


@STEPS.step("replace_paper", "Văn bản kế hoạch được thay thế", KEPT[1:], who=KEEPER, form=None)
def replace_paper(plan, *, by, paper):
    """Another paper has taken the place of the one that the plan was issued by."""
    plan.document = paper


@STEPS.step(
    "close", "Kết thúc kỳ", [State.ISSUED], to=State.CLOSED, who=KEEPER, icon="circle-check", told="Đã kết thúc kỳ.",
    hint=lambda plan: f"Không lập thêm hội nghị theo kế hoạch này.{_open_words(plan)}",
)  # fmt: skip
def close(plan, *, by):
    """Nobody plans a conference of it any more."""


def _open_words(plan) -> str:
    number = plan.events.filter(state__in=["planned", "asked", "ready", "held"]).count()
    return f" Còn {number} hội nghị chưa tổ chức hoặc chưa báo cáo." if number else ""


@STEPS.step("reopen", "Mở lại", [State.CLOSED], to=State.ISSUED, who=KEEPER, needs_reason=True, told="Đã mở lại.")
def reopen(plan, *, by):
    """It was closed too early."""


@STEPS.step(
    "discard", "Xóa kế hoạch đang lập", [State.DRAFT], to=GONE, who=KEEPER, icon="trash", look="ghost-danger", told="Đã xóa.",
)  # fmt: skip
def discard(plan, *, by):
    """A draft that was begun by mistake."""
    if OF_PLAN.standing(plan.pk).exists():
        raise Refused("Kế hoạch đang có văn bản soạn dở. Hãy bỏ văn bản đó trước.")
    return _words(plan)
