"""What is done with an occasion: planned, awards chosen for it, held or dropped; who took each award, also later.

Each award is in one occasion, each decision announced once to the same people, also when two choose at the same moment: decisions
are held first, then awards, as who cancels them does.
"""

from datetime import date, timedelta

from django import forms
from django.db import transaction
from django.utils import timezone

from documents.steps.forms import StepForm
from documents.steps.log import words_of
from documents.steps.refusing import Refused, first_of
from documents.steps.stepping import Steps, Who
from documents.uploads import add_to, drop_from, drop_left
from units.permissions import may_manage, may_write

from ..area import keep
from ..catalogue.models import Whom
from ..items.models import Due
from ..log import About
from ..records.models import Award, Decision
from .models import OF_OCCASION, Announced, Occasion, Paper, Presented
from .rules import announced_elsewhere, candidates, of_others, period_on, rank

State, Taken = Occasion.State, Presented.Taken
FACTS = [
    "kind", "name", "day", "begins_at", "place", "presenter", "presenter_post", "authority", "reader", "invited", "guests",
    "note",
]  # fmt: skip
# Each award has two fields on the page that notes who took it; a request has a thousand at most.
_BATCH, _NAMED, MOST = 500, 5, 450
# A day before the first law on awards, or more than a year ahead, is a slip of the pen.
EARLIEST, FARTHEST = date(1945, 1, 1), timedelta(days=366)
HOLDING = Who(
    lambda row, user: may_write(user) and row.unit_id in user.inherited_units, lambda row: f"cán bộ của {row.unit}"
)

OF_LINE = Who(lambda row, user: HOLDING.may(row.occasion, user), lambda row: HOLDING.words(row.occasion))


def _words(occasion):
    return words_of(occasion, FACTS) | {"Trạng thái": occasion.get_state_display()}


OCCASIONS = Steps(
    Occasion, "lần trao thưởng", about=About.OCCASION, words=_words, related=["unit"], address="occasion_step"
)


def _taken_words(row):
    later = f"{row.later_on:%d/%m/%Y}" if row.later_on else ""
    return {
        "Của": row.award.name,
        "Nhận": row.get_taken_display(),
        "Ai nhận, cách nhận": row.by_whom,
        "Nhận sau ngày": later,
    }


PRESENTED = Steps(
    Presented, "khen thưởng", about=About.OCCASION, words=_taken_words, under="occasion", related=["unit"],
    address="present_later",
)  # fmt: skip


# --- Planned


@transaction.atomic
def plan(occasion, *, by) -> Occasion:
    """Store a new occasion of the unit of ``by``. Raises ``Refused``."""
    if not may_write(by):
        raise Refused("Lần trao thưởng do cán bộ của đơn vị lập.")
    occasion.unit, occasion.by = by.unit, by
    occasion.is_of_province = occasion.is_of_province and may_manage(by)
    _refuse_facts(occasion)
    occasion.save()
    OCCASIONS.tell(occasion, "plan", "Lập lần trao thưởng", by=by, after=_words(occasion), day=occasion.day)
    return occasion


def _refuse_facts(occasion):
    if not EARLIEST <= occasion.day <= timezone.localdate() + FARTHEST:
        raise Refused(f"Ngày {occasion.day:%d/%m/}{occasion.day.year:04d} quá xa. Hãy kiểm tra lại năm.", "day")
    rule = period_on(occasion.day)
    if occasion.kind not in rule["kinds"]:
        raise Refused(f"Ngày {occasion.day:%d/%m/%Y} không trao vào dịp này ({rule['citation']}).", "kind")
    given = Award.objects.filter(presented__occasion=occasion).order_by("-decided_on").first() if occasion.pk else None
    if given and occasion.day < given.decided_on:
        raise Refused(f"Trước ngày quyết định {given.decision.number} ({given.decided_on:%d/%m/%Y}).", "day")


@OCCASIONS.step("edit", "Sửa", [State.PLANNED], who=HOLDING, form=None)
def edit(occasion, *, by, typed):
    """Everything as in ``typed``, an occasion."""
    for name in FACTS:
        setattr(occasion, name, getattr(typed, name))
    _refuse_facts(occasion)


# --- Awards chosen


@OCCASIONS.step("choose", "Chọn khen thưởng", [State.PLANNED], who=HOLDING, form=None)
def choose(occasion, *, by, keys):
    """Add awards: those of the unit that were collected, or carry nothing, and that no other occasion has. All or none."""
    keys = set(keys)
    if not keys:
        raise Refused("Hãy chọn ít nhất một khen thưởng.")
    if occasion.awards.count() + len(keys) > MOST:
        raise Refused(f"Mỗi lần trao nhiều nhất {MOST} khen thưởng. Hãy chia thành nhiều lần.")
    decisions = sorted(set(Award.objects.filter(pk__in=keys).order_by().values_list("decision", flat=True)))
    list(Decision.objects.filter(pk__in=decisions).order_by("pk").select_for_update(of=("self",)).only("pk"))
    list(Award.objects.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",)).only("pk"))
    rows = [
        row
        for bare in (False, True)
        for row in candidates(occasion, bare=bare).filter(pk__in=keys).select_related("type")
    ]
    _refuse_others(occasion, keys - {row.pk for row in rows})
    if late := next((row for row in rows if row.decided_on > occasion.day), None):
        raise Refused(f"{late.name}: quyết định ngày {late.decided_on:%d/%m/%Y}, sau ngày trao.")
    Presented.objects.bulk_create(
        [Presented(occasion=occasion, award=row, position=0) for row in rows], batch_size=_BATCH
    )
    _settle(occasion)
    return {"Thêm": f"{len(rows)} khen thưởng", **_named(rows)}


def _refuse_others(occasion, keys):
    """Say why some of what was chosen may not be."""
    rows = Award.objects.filter(pk__in=keys).select_related("presented__occasion", "unit").order_by("pk")
    told = [_why_not(row, occasion) for row in rows[:_NAMED]]
    if keys and not told:
        raise Refused("Khen thưởng đã chọn không còn. Hãy tải lại trang.")
    if told:
        raise Refused(f"Chưa chọn: {first_of(told, 'khen thưởng', number=len(keys))}. Hãy bỏ chọn rồi làm lại.")


def _why_not(award, occasion) -> str:
    if not award.stands or award.cancelled_on:
        return f"{award.name}: khen thưởng đã hủy"
    other = getattr(award, "presented", None)
    if other:
        where = f"«{other.occasion}» ngày {other.occasion.day:%d/%m/%Y}"
        return f"{award.name}: đã có trong {where}, mỗi khen thưởng chỉ trao một lần"
    if award.dues.filter(handed__returned=False).exists():
        return f"{award.name}: thuộc {award.unit}"
    if award.dues.filter(state__in=Due.OPEN).exists() or award.decided_on > occasion.day:
        return f"{award.name}: chưa nhận hiện vật"
    return f"{award.name}: chưa nhận hiện vật, quyết định đã quá một năm, hoặc thuộc {award.unit}"


def _named(rows) -> dict[str, str]:
    return {"Gồm": first_of((row.name for row in rows), "khen thưởng", most=20)}


def _settle(occasion):
    """Put the awards in the order of calling; announce their decisions that nobody announced to these people."""
    rows = list(occasion.awards.select_related("award__type"))
    rows.sort(key=rank)
    for position, row in enumerate(rows, 1):
        row.position = position
    Presented.objects.bulk_update(rows, ["position"], batch_size=_BATCH)
    wanted = {row.award.decision_id for row in rows}
    wanted -= announced_elsewhere(occasion, wanted)
    occasion.announced.exclude(decision__in=wanted).delete()
    there = set(occasion.announced.values_list("decision", flat=True))
    Announced.objects.bulk_create(
        [Announced(occasion=occasion, decision_id=key, unit_id=occasion.unit_id) for key in sorted(wanted - there)]
    )


@OCCASIONS.step("leave_out", "Bỏ khỏi lần trao", [State.PLANNED], who=HOLDING, form=None)
def leave_out(occasion, *, by, keys):
    """Take awards out, by the keys of their lines."""
    rows = list(occasion.awards.filter(pk__in=keys).select_related("award"))
    if not rows:
        raise Refused("Hãy chọn ít nhất một khen thưởng.")
    occasion.awards.filter(pk__in=[row.pk for row in rows]).delete()
    _settle(occasion)
    return {"Bỏ": f"{len(rows)} khen thưởng", **_named([row.award for row in rows])}


@OCCASIONS.step("mark", "Ghi truy tặng", [State.PLANNED], who=HOLDING, form=None)
def mark(occasion, *, by, keys):
    """Which of the persons are dead, so that their families take it: these lines, no others."""
    persons = occasion.awards.filter(award__whom=Whom.PERSON)
    found = set(persons.filter(pk__in=keys).values_list("pk", flat=True))
    if set(keys) - found:
        raise Refused("Chỉ khen thưởng của cá nhân mới truy tặng. Hãy bỏ chọn tập thể, hộ gia đình.")
    occasion.awards.update(is_posthumous=False)
    occasion.awards.filter(pk__in=found).update(is_posthumous=True)
    _settle(occasion)
    return {"Truy tặng": "; ".join(persons.filter(pk__in=found).values_list("award__name", flat=True)) or "không có"}


# --- Held, or not


def faults_of(occasion) -> list[str]:
    """What keeps an occasion from being held, in words."""
    faults = []
    if occasion.day > timezone.localdate():
        faults.append(f"Ngày {occasion.day:%d/%m/%Y} chưa đến.")
    if not occasion.awards.exists():
        faults.append("Chưa chọn khen thưởng nào.")
    if not occasion.presenter.strip():
        faults.append("Chưa ghi người trao.")
    elif not occasion.authority.strip() and of_others(occasion):
        faults.append("Có khen thưởng do cấp khác quyết định: hãy ghi văn bản ủy quyền, hướng dẫn trao.")
    lost = occasion.awards.exclude(award__stands=True, award__cancelled_on=None).values_list("award__name", flat=True)
    if names := first_of(lost, "khen thưởng", between=", "):
        faults.append(f"Khen thưởng đã hủy, hãy bỏ ra: {names}.")
    return faults


@OCCASIONS.step("hold", "Ghi đã trao", [State.PLANNED], to=State.HELD, who=HOLDING, form=None, look="primary")
def hold(occasion, *, by, taken):
    """Awards were presented; ``taken``: {key of a line: (who took it, by whom)}, of every line."""
    if faults := faults_of(occasion):
        raise Refused("Chưa ghi được. " + " ".join(faults))
    rows = list(occasion.awards.select_related("award"))
    for row in rows:
        row.taken, row.by_whom = taken.get(row.pk, ("", ""))
        _refuse_taken(row)
    Presented.objects.bulk_update(rows, ["taken", "by_whom"], batch_size=_BATCH)
    absent = [row.award for row in rows if row.taken == Taken.LATER]
    return {"Đã trao": f"{len(rows) - len(absent)} khen thưởng", **({"Vắng": _named(absent)["Gồm"]} if absent else {})}


def taken_field(row) -> str:
    """The field in which it is said who took an award."""
    return f"taken-{row.pk}"


def whom_field(row) -> str:
    """The field in which the name of who took it for another is typed."""
    return f"whom-{row.pk}"


def _refuse_taken(row):
    name = row.award.name
    if row.taken not in Taken.values:
        raise Refused(f"{name}: hãy chọn ai nhận.", taken_field(row))
    if row.is_posthumous and row.taken == Taken.SELF:
        raise Refused(f"{name}: truy tặng thì gia đình nhận. Hãy sửa lại.", taken_field(row))
    if row.taken in (Taken.FAMILY, Taken.OTHER) and not row.by_whom.strip():
        raise Refused(f"{name}: hãy ghi họ tên người nhận.", whom_field(row))


@OCCASIONS.step("drop", "Không tổ chức", [State.PLANNED], to=State.DROPPED, who=HOLDING, needs_reason=True,
                told="Đã ghi không tổ chức; khen thưởng của lần này chọn được cho lần khác.")  # fmt: skip
def drop(occasion, *, by):
    """It is not held: its awards and decisions are free for another one."""
    occasion.awards.all().delete()
    occasion.announced.all().delete()


def _has_minutes(occasion, user) -> str:
    is_there = OF_OCCASION.standing(occasion.pk).filter(area_key__startswith=f"{Paper.MINUTES}-").exists()
    return "Đã soạn biên bản của lần trao này. Hãy bỏ hoặc thu hồi biên bản trước." if is_there else ""


@OCCASIONS.step("reopen", "Mở lại để ghi lại", [State.HELD], to=State.PLANNED, who=HOLDING, needs_reason=True,
                fault=_has_minutes, told="Đã mở lại. Sửa xong thì ghi lại kết quả.")  # fmt: skip
def reopen(occasion, *, by):
    """What was noted of it was wrong."""
    occasion.awards.update(taken="", by_whom="", later_on=None)


class LaterForm(StepForm):
    """When and how somebody who did not come got it."""

    day = forms.DateField(label="Ngày nhận")
    how = forms.CharField(
        label="Ai nhận, nhận bằng cách nào", max_length=200, help_text="Ví dụ: nhận tại nhà, do ông … trao"
    )

    def prepare(self):
        """Today, where nothing else is typed."""
        self.initial["day"] = timezone.localdate()


def _not_absent(row, user) -> str:
    return "" if row.is_absent else "Khen thưởng này đã đến tay người nhận."


@PRESENTED.step("later", "Ghi đã nhận sau", [State.HELD], who=OF_LINE, form=LaterForm, fault=_not_absent, look="primary",
                told="Đã ghi nhận sau.", address="present_later")  # fmt: skip
def receive_later(row, *, by, day, how):
    """Who did not come got it on ``day``."""
    if day > timezone.localdate():
        raise Refused(f"Ngày {day:%d/%m/%Y} chưa đến. Hãy ghi ngày đã nhận.", "day")
    if day < row.occasion.day:
        raise Refused(f"Trước ngày trao ({row.occasion.day:%d/%m/%Y}).", "day")
    row.later_on, row.by_whom = day, how


# --- Photographs and papers


@OCCASIONS.step("add_files", "Thêm ảnh, giấy tờ", [State.PLANNED, State.HELD], who=HOLDING, form=None)
def add_files(occasion, *, by, files, caption=""):
    """Keep files, all with ``caption``. Raises ``UploadRefused`` for what is none that is taken."""
    return add_to(occasion, files, caption, by=by, keep=keep)


@OCCASIONS.step("drop_file", "Xóa tệp", [State.PLANNED, State.HELD], who=HOLDING, form=None, then=drop_left)
def drop_file(occasion, *, by, key):
    """Take one file out."""
    return drop_from(occasion, key)
