"""One row of a draft: taken out, its doubts settled, its name confirmed by the unit or spelt as the unit asks.

Two tables, by whose page they stand on: ``ROWS`` are steps of the department, ``NAMES`` of the unit that proposes.
"""

from django import forms
from django.db import transaction
from django.utils import timezone

from documents.steps.bulk import Outcome, change_all, held
from documents.steps.forms import StepForm
from documents.steps.log import words_of
from documents.steps.refusing import Refused
from documents.steps.stepping import Steps, Who
from units.permissions import may_manage

from ..log import About
from ..nominations.models import Nomination
from ..records.models import Decision
from .actions import before, pending_paper
from .models import NameCheck, Settled
from .rules import doubts_of, with_all

Stage, Said = Nomination.State, NameCheck.State
MANAGER = Who(lambda row, user: may_manage(user), "Sở Nội vụ")
UNIT = Who(lambda row, user: row.dossier.is_kept_by(user), lambda row: row.dossier.unit.name)


def said_of(row) -> NameCheck | None:
    """What the unit said of the name of a row; a page that shows it has asked already (``seen``)."""
    if hasattr(row, "seen"):
        return row.seen[0]
    return NameCheck.objects.filter(nomination=row.pk).select_related("by__unit").first()


def _words(row) -> dict:
    said = said_of(row)
    told = {"Tên": (said and said.get_state_display()) or "", "Sửa thành": (said and (said.name or said.post)) or ""}
    return words_of(row, ["name", "post"]) | {
        "Trạng thái": row.get_state_display(),
        "Quyết định": str(row.decision.subject) if row.decision_id else "",
        "Xác nhận tên": " ".join(filter(None, told.values())),
    }


def _table(address, noun="dòng của quyết định"):
    return Steps(
        Nomination, noun, about=About.DOSSIER, under="dossier", related=["unit", "officer"], address=address, words=_words,
        gone="Dòng này không còn. Hãy tải lại trang.",
    )  # fmt: skip


ROWS, NAMES = _table("draft_row_step"), _table("own_name_step")


def _in_no_draft(row, user) -> str:
    is_there = row.decision_id and row.decision.is_being_made
    return "" if is_there else "Đề nghị này không ở trong dự thảo quyết định nào."


def _fixed(row, user) -> str:
    """Why a row can be changed no more: it is in no draft, or the words of its paper are on their way."""
    return _in_no_draft(row, user) or pending_paper(row.decision)


def _held(row, fault=_fixed):
    """The decision of a row, held after the file, so that its paper is not drafted or issued meanwhile."""
    row.decision = Decision.objects.select_for_update().get(pk=row.decision_id)
    if told := fault(row, None):
        raise Refused(told)


@ROWS.step(
    "take_out", "Đưa ra khỏi danh sách", [Stage.PRESENTED], who=MANAGER, needs_reason=True, fault=_fixed, icon="arrow-back-up",
    told="Đã đưa ra; đề nghị này lại chờ quyết định.", look="ghost-danger",
)  # fmt: skip
def take_out(row, *, by):
    """It waits for a decision again, as it did before."""
    _held(row)
    row.decision, row.state, row.since = None, before(row), timezone.localdate()
    NameCheck.objects.filter(nomination=row.pk).delete()


def doubts(row) -> list[str]:
    """What a person must look at, of one row, on the day that its decision is likely to be signed."""
    if hasattr(row, "seen"):
        return row.seen[1]
    found = with_all(Nomination.objects.filter(pk=row.pk)).get()
    return doubts_of([found], found.decision.day).get(row.pk, [])


def _nothing_to_settle(row, user) -> str:
    return _in_no_draft(row, user) or ("" if doubts(row) else "Dòng này không có gì phải xem xét.")


@ROWS.step(
    "settle", "Vẫn trình, kèm lý do", [Stage.PRESENTED], who=MANAGER, needs_reason=True, fault=_nothing_to_settle,
    told="Đã ghi lý do vẫn trình.", look="primary",
)  # fmt: skip
def settle(row, *, by, reason):
    """A person looked at what changed since it was proposed and presents it all the same; while its paper is on its way, too:
    no word of that changes, and nothing is issued before.
    """
    _held(row, _in_no_draft)
    found = [Settled(nomination=row, words=words, reason=reason, by=by) for words in doubts(row)]
    Settled.objects.bulk_create(found, ignore_conflicts=True)
    return {"Đã xem xét": " ".join(one.words for one in found)}


class SpellForm(StepForm):
    """How name and post are to be written."""

    name = forms.CharField(label="Tên ghi trong quyết định", max_length=200)
    post = forms.CharField(label="Chức vụ, đơn vị ghi trong quyết định", max_length=400, required=False)

    def prepare(self):
        """Begin with what the unit asks for, else with what stands there."""
        said = said_of(self.row)
        asked = said if said and said.state == Said.OTHER else None
        self.initial["name"] = (asked and asked.name) or self.row.name
        self.initial["post"] = (asked and asked.post) or self.row.post


@ROWS.step("spell", "Sửa tên, chức vụ", [Stage.PRESENTED], who=MANAGER, form=SpellForm, fault=_fixed, icon="pencil",
           told="Đã sửa.")  # fmt: skip
def spell(row, *, by, name, post):
    """The name as it goes into the decision; what the unit asked for is answered by that."""
    _held(row)
    row.name, row.post = name, post
    NameCheck.objects.filter(nomination=row.pk, state=Said.OTHER).update(state=Said.CHANGED)


def _not_asked_for(row, user) -> str:
    said = said_of(row)
    return _fixed(row, user) or ("" if said and said.state == Said.OTHER else "Đơn vị không đề nghị sửa dòng này.")


@ROWS.step(
    "keep_name", "Giữ nguyên tên, kèm lý do", [Stage.PRESENTED], who=MANAGER, needs_reason=True, fault=_not_asked_for,
    told="Đã ghi lý do giữ nguyên.",
)  # fmt: skip
def keep_name(row, *, by, reason):
    """The name stays although the unit asked for another one."""
    _held(row)
    NameCheck.objects.filter(nomination=row.pk).update(state=Said.KEPT, answer=reason[:300])


# --- The unit says whether its names are right


def _not_open(row, user) -> str:
    if told := _fixed(row, user):
        return told
    return "" if row.decision.draft.names_until else "Sở Nội vụ chưa gửi danh sách để xác nhận tên."


def _say(row, by, state, **facts):
    _held(row)
    NameCheck.objects.update_or_create(
        nomination=row, defaults={"name": "", "post": "", "reason": "", "answer": "", "state": state, "by": by} | facts
    )


@NAMES.step("confirm_name", "Đúng", [Stage.PRESENTED], who=UNIT, fault=_not_open, look="primary", icon="check",
            told="Đã xác nhận: {row.name}.")  # fmt: skip
def confirm_name(row, *, by):
    """The name and the post are right as they stand."""
    _say(row, by, Said.RIGHT)


@transaction.atomic
def confirm_all(rows, *, by) -> Outcome:
    """Names and posts of all of ``rows``, nominations of which nothing was said yet, are right; as many queries for 500 as for
    one. Those of a decision that can be changed no more are named with the reason.
    """
    rows = held(with_all(rows), "dossier")
    drafts = Decision.objects.filter(pk__in={row.decision_id for row in rows}).select_related("draft").order_by("pk")
    decisions = {row.pk: row for row in drafts.select_for_update(of=("self",))}
    said, made = set(NameCheck.objects.filter(nomination__in=rows).values_list("nomination", flat=True)), []

    def change(row):
        row.decision = decisions.get(row.decision_id)
        if told := confirm_name.stranger(row, by) or confirm_name.untimely(row, by):
            raise Refused(told)
        if row.pk in said:
            raise Refused("Vừa có người trả lời dòng này.")
        made.append(NameCheck(nomination=row, state=Said.RIGHT, by=by))
        row.seen = made[-1], []

    for row in rows:
        row.seen = None, []
    outcome = change_all(NAMES, rows, change, by=by, what=confirm_name.what, act=confirm_name.label)
    NameCheck.objects.bulk_create(made, batch_size=500)
    return outcome


class OtherNameForm(SpellForm):
    """How it is to be written, and why."""

    reason = forms.CharField(
        label="Vì sao", max_length=300, help_text="Ví dụ: đánh máy thiếu dấu; đã chuyển công tác từ …"
    )


@NAMES.step(
    "ask_name", "Sửa thành", [Stage.PRESENTED], who=UNIT, form=OtherNameForm, fault=_not_open, needs_reason=True,
    button="Gửi đề nghị sửa", told="Đã gửi đề nghị sửa; Sở Nội vụ xem và trả lời.",
)  # fmt: skip
def ask_name(row, *, by, name, post, reason):
    """The unit wants it written otherwise; the department answers."""
    if (name, post) == (row.name, row.post):
        raise Refused("Tên và chức vụ vẫn như cũ. Nếu đúng rồi, hãy bấm «Đúng».", "name")
    _say(row, by, Said.OTHER, name=name, post=post, reason=reason)
