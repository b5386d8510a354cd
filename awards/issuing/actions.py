"""A decision made here: composed of nominations that may be decided on, issued by its paper, or entered when it comes.

Locked are files before decisions, so that a nomination is not withdrawn while its decision is issued.
"""

from collections import defaultdict

from django import forms
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from documents.models import Document
from documents.steps.forms import StepForm
from documents.steps.log import words_of
from documents.steps.refusing import Refused, first_of
from documents.steps.stepping import GONE, Steps, Who
from units.forms import rows as text_rows
from units.permissions import may_manage
from units.text import fold

from ..area import keep
from ..catalogue.book import book_of
from ..catalogue.models import Office
from ..log import About
from ..nominations.checking import main_of
from ..nominations.models import Dossier, Nomination
from ..nominations.moving import move
from ..records.models import Decision
from .giving import give, take_over
from .models import OF_DECISION, Draft, NameCheck
from .naming import kind_of, subject_of
from .rules import Deciding, authority_faults, bars_of, decidable, deciding, in_order, needs_council, with_all

State, Stage = Decision.State, Nomination.State
MANAGER = Who(lambda row, user: may_manage(user), "Sở Nội vụ")
TWICE = "Quyết định cùng số, ngày, người quyết định này đã có. Hãy tìm trong danh sách quyết định."


def _words(decision):
    facts = words_of(decision, ["number", "day", "office", "subject"]) | {"Trạng thái": decision.standing.label}
    draft = getattr(decision, "draft", None)
    return facts | (words_of(draft, ["deed", "names_until"]) if draft else {})


DRAFTS = Steps(
    Decision, "quyết định", about=About.DECISION, words=_words, related=["office", "unit", "draft"],
    address="draft_decision_step", away=lambda decision: reverse("deciding"),
    gone="Quyết định này không còn. Hãy bỏ dự thảo văn bản của nó.",
)  # fmt: skip


def lock_files(rows) -> None:
    """Hold the files of nominations, in the order of their keys, until the transaction ends."""
    files = Dossier.objects.filter(pk__in=rows.order_by().values("dossier"))
    list(files.select_for_update().order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def compose(keys, *, by, day, deed="", apart=False, own_head=False) -> tuple[list[Decision], list[str]]:
    """Draft decisions on the nominations of ``keys``: one for each who decides and kind of award, ``apart``: for each award.

    Also what could not be taken, in words. ``day``: on which it is likely to be signed; who decides is by the catalogue of that
    day. ``own_head``: see ``rules.deciding``. Raises ``Refused``.
    """
    if not may_manage(by):
        raise Refused("Quyết định khen thưởng do Sở Nội vụ soạn.")
    if not keys:
        raise Refused("Hãy chọn ít nhất một đề nghị.")
    asked = Nomination.objects.filter(pk__in=keys)
    lock_files(asked)
    rows = list(with_all(in_order(decidable(by).filter(pk__in=keys))))
    book = book_of(day)
    groups, left = _groups(rows, asked, day, lambda award, unit: deciding(book, award, unit, by.unit, own_head), apart)
    made = [_make(*who, own, by=by, day=day, deed=deed) for who, own in groups.values()]
    if not made:
        raise Refused(" ".join(left[:3]) or "Không đề nghị nào còn chờ quyết định. Hãy tải lại trang.")
    return made, left


def _groups(rows, asked, day, who, apart):
    """({(office, unit, kind): ((office, unit), rows)}, what was left out). ``who``: gives the decider of an award and a unit."""
    offices, answers = {row.code: row for row in Office.objects.all()}, {}
    groups, left = defaultdict(lambda: (None, [])), []
    barred = bars_of(rows, day)
    for row in rows:
        if row.pk in barred:
            left.append(f"{row.name}: {barred[row.pk]}")
            continue
        asking = row.type_id, row.dossier.unit_id
        if asking not in answers:
            answers[asking] = who(row.type, row.dossier.unit)
        found = answers[asking]
        if not isinstance(found, Deciding):
            left.append(f"{row.name}: {found}.")
            continue
        key = found.office, found.unit and found.unit.pk, row.type.code if apart else kind_of(row.type)
        groups[key] = ((offices[found.office], found.unit), [*groups[key][1], row])
    book = book_of(day)
    others = asked.exclude(pk__in=[row.pk for row in rows]).select_related("type")
    left += [f"{row.name}: {_why_left(row, book)}." for row in others]
    return groups, left


def _why_left(row, book) -> str:
    """Why a nomination cannot be decided on: the council has yet to pass it, with where that stands; else its step."""
    rule = book.the("votes", row.type.code) or book.the("body", row.type.code)
    if row.state == Stage.FIT and rule and needs_council(book, row.type.code):
        return f"chưa qua Hội đồng ({book.citation(rule)})"
    return f"đang ở bước «{row.get_state_display()}»"


def _make(office, unit, rows, *, by, day, deed) -> Decision:
    decision = Decision.objects.create(
        number="", day=day, office=office, unit=unit, issuer="" if unit else office.name, by=by, state=State.DRAFT,
        subject=subject_of(book_of(day), [row.type for row in rows]), origin=Decision.Origin.MADE,
        sample=all(row.dossier.sample for row in rows),
    )  # fmt: skip
    decision.draft = Draft.objects.create(decision=decision, deed=deed)
    told = {"Quyết định": decision.subject}
    move(
        rows, Stage.PRESENTED, by=by, what="present", act="Đưa vào dự thảo quyết định", told=lambda row: told,
        also=lambda row: _put(row, decision),
    )  # fmt: skip
    DRAFTS.tell(
        decision, "begin", "Lập dự thảo quyết định", by=by, after=_words(decision) | {"Số dòng": str(len(rows))}
    )
    return decision


def _put(row, decision):
    """Into a decision, or out of any."""
    row.decision = decision


def before(row) -> str:
    """The state of a nomination that a draft gives back: passed by the council, or fit where none is asked."""
    asked = needs_council(book_of(timezone.localdate()), row.type.code) and not row.dossier.is_simple
    return Stage.PASSED if asked else Stage.FIT


def rows_of(decision):
    """The list of a decision, in its order, with what a list and a paper read."""
    return with_all(in_order(decision.nominations.all()))


def pending_paper(decision) -> str:
    """That a paper of it is on its way, in words with what to do; nothing where none is. Asked once of one decision."""
    if not hasattr(decision, "_pending"):
        decision._pending = OF_DECISION.of(decision.pk).filter(state__in=Document.PENDING).first()
    if not (paper := decision._pending):
        return ""
    return f"Đã có {paper.name} ({paper.get_state_display().lower()}). Hãy bỏ dự thảo đó trước khi sửa quyết định."


def _fixed(decision, user) -> str:
    return pending_paper(decision) if decision.is_being_made else "Quyết định đã ban hành."


# --- Its steps


class EditForm(StepForm):
    """What a decision says beside its list."""

    subject = forms.CharField(label="Trích yếu", max_length=300, widget=text_rows(2))
    day = forms.DateField(label="Dự kiến ký ngày", help_text="Thẩm quyền, căn cứ, tiền thưởng tính theo ngày này.")
    deed = forms.CharField(
        label="Thành tích chung", max_length=300, required=False, widget=text_rows(2),
        help_text="Ví dụ: Đã có thành tích xuất sắc trong công tác năm 2026. Dòng ghi thành tích riêng thì in thành tích riêng.",
    )  # fmt: skip

    def prepare(self):
        """Begin with what is there."""
        self.initial |= {"subject": self.row.subject, "day": self.row.day, "deed": self.row.draft.deed}


@DRAFTS.step(
    "edit_draft",
    "Sửa trích yếu, ngày, thành tích",
    [State.DRAFT],
    who=MANAGER,
    form=EditForm,
    fault=_fixed,
    icon="pencil",
)
def edit_draft(decision, *, by, subject, day, deed):
    """Other words, another day."""
    decision.subject, decision.day, decision.draft.deed = subject, day, deed
    decision.draft.save()


class NamesForm(StepForm):
    """By when units confirm the names."""

    until = forms.DateField(label="Đơn vị xác nhận chậm nhất ngày")

    def prepare(self):
        """Begin with what was asked."""
        self.initial["until"] = self.row.draft.names_until


@DRAFTS.step(
    "ask_names", "Gửi đơn vị xác nhận tên", [State.DRAFT], who=MANAGER, form=NamesForm, fault=_fixed, icon="send",
    told="Đã gửi; đơn vị thấy ở «Việc hôm nay» và ghi «Đúng» hoặc «Sửa thành …» cho từng dòng.",
)  # fmt: skip
def ask_names(decision, *, by, until):
    """Units read their rows and say whether the names are right."""
    if until < timezone.localdate():
        raise Refused("Ngày này đã qua. Hãy chọn ngày sau hôm nay.", "until")
    decision.draft.names_until = until
    decision.draft.save()


@DRAFTS.step(
    "discard_draft", "Bỏ dự thảo quyết định", [State.DRAFT], to=GONE, who=MANAGER, fault=_fixed, look="ghost-danger",
    icon="trash", told="Đã bỏ. Các đề nghị lại chờ quyết định.",
)  # fmt: skip
def discard_draft(decision, *, by):
    """Its nominations wait for a decision again."""
    rows = list(with_all(decision.nominations.all()))
    NameCheck.objects.filter(nomination__in=rows).delete()
    told = {"what": "take_out", "act": "Đưa ra khỏi dự thảo quyết định"}
    move(rows, before, by=by, also=lambda row: _put(row, None), **told)
    decision.draft.delete()


@DRAFTS.step("award", "Ban hành", [State.DRAFT], to=State.STANDING, who=MANAGER, form=None)
def award(decision, *, by, number, day, paper=None, scan=None, refused=()):
    """Awards come into being, all or none, by the law of ``day``; ``refused``: {key: why} of those left out."""
    decision.number, decision.day, decision.paper = number, day, paper
    decision.scan = keep(scan, by=by) if scan else None
    rows = list(rows_of(decision))
    if faults := authority_faults(rows, decision.office, day):
        raise Refused("Chưa ban hành được: " + " ".join(faults))
    given = [row for row in rows if row.pk not in refused]
    if not given:
        raise Refused("Danh sách của quyết định không còn dòng nào.")
    decision.tidy()
    _refuse_second(decision)
    decision.save()
    _refuse_rows([row for row in rows if row.pk in refused], refused, by)
    awards = give(decision, given, by=by)
    return {"Số khen thưởng": str(len(awards))}


def _refuse_second(decision):
    others = Decision.objects.exclude(pk=decision.pk).exclude(state=State.UNDONE)
    if others.filter(identity=decision.identity).exists():
        raise Refused(TWICE, "number")


def _refuse_rows(rows, reasons, by):
    """Those whom another authority did not commend: refused, with what it said."""
    told = {"what": "refuse", "act": "Không được khen"}
    move(rows, Stage.REFUSED, by=by, refusal=lambda row: reasons[row.pk], **told)


@transaction.atomic
def record(decision, *, by, refused, number, day, scan=None, seen_version=None) -> Decision:
    """What another authority decided on the list that was laid before it: who is in its decision, and who is not.

    Where that decision was entered with its list already, the nominations are matched to it. Raises ``Refused``, ``Stale``.
    """
    lock_files(decision.nominations.all())
    facts = {"by": by, "refused": refused, "seen_version": seen_version}
    if entered := _entered(decision, number, day):
        match(decision, entered=entered, **facts)
        return entered
    return award(decision, number=number, day=day, scan=scan, **facts)


def _entered(decision, number, day) -> Decision | None:
    """The decision of the same office with this number and day that was entered with its list."""
    rows = Decision.objects.filter(
        origin=Decision.Origin.ENTERED, state=State.STANDING, office=decision.office, day=day
    )
    wanted = fold(number)
    return next((row for row in rows.select_related("office", "unit", "by__unit") if fold(row.number) == wanted), None)


@DRAFTS.step("match", "Khớp với quyết định đã nhập", [State.DRAFT], to=GONE, who=MANAGER, form=None)
def match(decision, *, by, entered, refused):
    """Each nomination is answered by its award in the entered list; the draft goes."""
    rows = list(rows_of(decision))
    wanted = [row for row in rows if row.pk not in refused]
    pairs = _pairs(wanted, entered)
    end = "Hãy bỏ chọn các dòng này, ghi lý do."
    if missing := [row.name for row, given in pairs if given is None]:
        raise Refused(f"{entered} đã nhập, danh sách không có: {first_of(missing, 'tên', between=', ')}. {end}")
    if taken := _taken(pairs):
        raise Refused(
            f"Khen thưởng trong {entered} đã khớp với đề nghị khác: {first_of(taken, 'tên', between=', ')}. {end}"
        )
    _refuse_rows([row for row in rows if row.pk in refused], refused, by)
    take_over(decision, entered, pairs, by=by)
    decision.nominations.update(decision=None)
    decision.draft.delete()
    return {"Khớp với": str(entered), "Số khen thưởng": str(len(pairs))}


def _pairs(rows, entered):
    """Each nomination with its award in the entered list, that of its year where there are several; None where there is none."""
    there = defaultdict(dict)
    for given in entered.awards.select_related("type", "recipient"):
        there[given.recipient_id, given.type_id][given.year] = given
    found = [(row, there[main_of(row.recipient).pk, row.type_id]) for row in rows]
    return [(row, own.get(row.dossier.year) or next(iter(own.values()), None)) for row, own in found]


def _taken(pairs) -> list[str]:
    """Names of those whose award answers another nomination: of this draft, or of one that was matched before. One query."""
    gone = set(Nomination.objects.filter(given__in=[given for _, given in pairs]).values_list("given", flat=True))
    found = []
    for row, given in pairs:
        if given.pk in gone:
            found.append(row.name)
        gone.add(given.pk)
    return found
