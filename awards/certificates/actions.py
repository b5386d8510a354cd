"""Certificates printed, printed again because a sheet was spoiled, a run that never went through a printer taken back.

The ledger is written with the sheets: a blank goes, a certificate comes, and is kept for the award whose name it bears.
"""

from collections import Counter

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from documents.steps.log import words_of as log_words
from documents.steps.refusing import Refused, first_of
from documents.steps.stepping import Steps, Who
from units.permissions import may_keep_store

from ..items.actions import LISTED
from ..items.models import Due
from ..log import About
from ..records.models import Decision
from ..stock.ledger import KEPT, hold, write
from ..stock.models import Movement
from .layouts import look_of, sheet_as_printed
from .models import BATCH, Certificate, LayoutField, Run
from .rules import Checking, groups, in_order, to_print, with_printed

State, Sheet, Sort = Run.State, Certificate.State, Movement.Sort
NOT_YOURS = "In bằng do thủ kho, chuyên viên Sở Nội vụ làm."
KEEPER = Who(lambda row, user: may_keep_store(user), "thủ kho, chuyên viên Sở Nội vụ")
PRINTS = dict(LayoutField.Prints.choices)


def _run_words(run):
    return log_words(run, ["layout", "printer", "day", "most", "state", "stopped_for"])


def _sheet_words(sheet):
    return log_words(sheet, ["number", "code", "state", "lost_for"])


RUNS = Steps(Run, "lượt in", about=About.RUN, words=_run_words, related=["decision", "layout"], address="run_step")
SHEETS = Steps(
    Certificate, "tờ bằng", about=About.CERTIFICATE, words=_sheet_words, related=["due", "run", "layout"],
    address="certificate_step",
)  # fmt: skip


# --- A run


@transaction.atomic
def begin(decision, layout, *, by, day, printer=None, most=None, sample=False) -> Run:
    """Ask for the certificates of ``decision`` on ``layout``, at most ``most`` of them. Raises ``Refused``; makes none yet."""
    if not may_keep_store(by):
        raise Refused(NOT_YOURS)
    if day > timezone.localdate():
        raise Refused(f"Ngày {day:%d/%m/%Y} chưa đến. Hãy ghi ngày in.", "day")
    if day < decision.day:
        raise Refused(f"Quyết định ký ngày {decision.day:%d/%m/%Y}, sau ngày in.", "day")
    group = next((one for one in groups(decision) if one.layout == layout), None)
    if group is None:
        raise Refused(f"Không còn tờ nào của quyết định này phải in trên mẫu «{layout}».")
    number = min(most or len(group.ready), len(group.ready))
    if not number:
        raise Refused(f"Chưa in được tờ nào: {_told(group.faulty)} Hãy sửa mẫu hoặc sửa tên rồi in.")
    for kind, _, there in group.short:
        if len(group.blanks) > 1 or there < number:
            raise Refused(
                f"{kind}: trong kho còn {there} {kind.measure}, cần {number}. Hãy nhập kho, hoặc in {max(there, 0)} tờ.",
                "most",
            )
    run = Run.objects.create(
        decision=decision, layout=layout, look=look_of(group.layout), printer=printer, most=number, day=day, by=by,
        sample=sample,
    )  # fmt: skip
    RUNS.tell(run, "begin", "In bằng", by=by, after=_run_words(run), day=day)
    return run


def _told(faulty):
    return first_of((f"{row.due.award.name}: {', '.join(row.faults)}" for row in faulty), "dòng") + "."


def make(run, tell=lambda done: None) -> Run:
    """Make the sheets of a run, batch by batch, each of which can be printed as soon as it is there; goes on where it ended,
    on the layout as it was when the run began.

    Where the store has too few blanks by then, or all were cancelled meanwhile, the run stops and says why.
    """
    checking, made = Checking(), run.certificates.count()
    checking.sheets[run.layout_id] = sheet_as_printed(run.look)
    decision = Decision.objects.select_related("unit", "paper").get(pk=run.decision_id)
    layout = next(row for row in checking.layouts.rows if row.pk == run.layout_id)
    waiting = [
        due.pk
        for due in in_order(to_print(Due.objects.filter(award__decision=decision)))
        if checking.layouts.of(due.award) == layout and not checking.ready(due, layout, decision).faults
    ][: run.most - made]
    stopped = ""
    for first in range(0, len(waiting), BATCH):
        try:
            made += _batch(run, waiting[first : first + BATCH], made // BATCH + 1, checking, layout, decision)
        except Refused as refused:
            stopped = str(refused)
            break
        tell(made)
    if made < run.most and not stopped:
        stopped = (
            f"Chỉ tạo được {made} trong {run.most} tờ: số còn lại đã in ở lượt khác, đã hủy hoặc không còn vừa mẫu."
        )
    return _close(run, stopped)


@transaction.atomic
def _close(run, stopped):
    run = RUNS.locked(run)
    before = _run_words(run)
    run.state, run.stopped_for = (State.STOPPED if stopped else State.DONE), stopped[:500]
    RUNS.store(run)
    RUNS.tell(run, "made", "Tạo xong các tờ", by=run.by, before=before, after=_run_words(run))
    return run


@transaction.atomic
def _batch(run, keys, number, checking, layout, decision) -> int:
    """One batch: its rows, its voucher, its items kept; how many."""
    asked = Due.objects.filter(pk__in=keys)
    _hold(asked)
    list(asked.select_for_update(of=("self",)).order_by("pk").only("pk"))
    rows = list(in_order(to_print(asked)))
    ready = [checking.ready(due, layout, decision) for due in rows]
    Certificate.objects.bulk_create(
        [
            Certificate(
                due=one.due,
                layout=layout,
                look_id=run.look_id,
                run=run,
                batch=number,
                number=one.due.award.position,
                texts=one.texts,
                by=run.by,
            )
            for one in ready
        ],
        batch_size=500,
    )
    if rows:
        _write_printed(rows, run)
        keep(rows, run.day)
    return len(rows)


def _hold(dues):
    """The kinds of ``dues`` and their blanks, before any of the items themselves."""
    kinds = dues.order_by().values_list("kind", "kind__blank").distinct()
    hold(key for pair in kinds for key in pair if key)


def _write_printed(rows, run):
    blanks = Counter(due.kind.blank for due in rows if due.kind.blank)
    lines = [*((kind, -number, None) for kind, number in blanks.items()), *((due.kind, 1, due) for due in rows)]
    write(
        Sort.PRINTED,
        lines,
        by=run.by,
        day=run.day,
        paper=str(run.decision)[:200],
        note=str(run.layout),
        sample=run.sample,
    )


def keep(dues, day) -> None:
    """What was printed for ``dues`` is kept for them: nobody else can have it."""
    rows = Due.objects.filter(pk__in=[due.pk for due in dues])
    rows.update(state=Due.State.RESERVED, since=day, version=F("version") + 1)


def _not_undone(run, user) -> str:
    sheets = run.certificates.exclude(state=Sheet.PRINTED, due__state=Due.State.RESERVED)
    if sheets.exists():
        return "Có tờ của lượt này đã hỏng, đã giao hoặc đã thu hồi: không hủy được cả lượt."
    return "" if run.certificates.exists() else "Lượt này không có tờ nào."


@RUNS.step("undo", "Chưa in, hủy lượt này", [State.DONE, State.STOPPED], to=State.UNDONE, who=KEEPER, needs_reason=True,
           fault=_not_undone, hint="Khi các tờ chưa qua máy in: phôi trở lại kho, mã tra của các tờ này thôi có hiệu lực.",
           told="Đã hủy lượt in; phôi đã trả lại kho.")  # fmt: skip
def undo(run, *, by, reason):
    """Its sheets never went through a printer: what its vouchers wrote is set right, the codes are worth nothing."""
    list(run.certificates.select_for_update(of=("self",)).order_by("pk").only("pk"))
    asked = Due.objects.filter(certificates__run=run)
    _hold(asked)
    dues = list(asked.select_for_update(of=("self",)).order_by("pk").select_related("kind__blank"))
    blanks = Counter(due.kind.blank for due in dues if due.kind.blank)
    lines = [*((due.kind, -1, due) for due in dues), *((kind, number, None) for kind, number in blanks.items())]
    today = timezone.localdate()
    write(Sort.MENDED_OUT, lines, by=by, day=today, paper=str(run.decision)[:200], note=f"Hủy lượt in: {reason}"[:300])
    run.certificates.update(state=Sheet.UNDONE, version=F("version") + 1)
    Due.objects.filter(pk__in=[due.pk for due in dues]).update(
        state=Due.State.SHORT, since=today, version=F("version") + 1
    )


# --- A sheet


def _handed(sheet, user) -> str:
    if sheet.due.state == Due.State.HANDED:
        return "Tờ này đã giao đơn vị: ghi ở Cấp đổi, cấp lại."
    return "" if sheet.due.state in Due.OPEN else "Khen thưởng này không còn phải cấp."


@SHEETS.step("spoil", "Hỏng, in lại", [Sheet.PRINTED], to=Sheet.SPOILED, who=KEEPER, needs_reason=True, fault=_handed,
             look="primary", icon="printer", told="Đã ghi tờ hỏng; tờ in lại ở dưới.")  # fmt: skip
def spoil(sheet, *, by, reason):
    """The sheet is spoiled: another of the same number is printed, the store has a blank less."""
    blank, kind, day = sheet.due.kind.blank, sheet.due.kind, timezone.localdate()
    paper = f"{sheet.run.decision}, số sổ vàng {sheet.number}"
    facts = {"by": by, "day": day, "paper": paper[:200], "note": reason[:300], "sample": sheet.run.sample}
    if blank:
        write(Sort.SPOILED, [(blank, -1, None)], **facts)
    else:
        write(Sort.PRINTED, [(kind, 1, sheet.due)], **facts)
        write(Sort.SPOILED, [(kind, -1, sheet.due)], **facts)
    instead(sheet, Sheet.SPOILED, by=by, reason=reason)


def instead(sheet, state, *, by, reason) -> Certificate:
    """The sheet that takes the place of ``sheet``, with the words of today; writes nothing into the store. Raises ``Refused``."""
    checking = Checking()
    due = in_order(Due.objects.filter(pk=sheet.due_id)).get()
    decision = Decision.objects.select_related("unit", "paper").get(pk=sheet.run.decision_id)
    layout = checking.layouts.of(due.award) or sheet.layout
    ready = checking.ready(due, layout, decision)
    if ready.faults:
        raise Refused(f"Chưa in lại được: {', '.join(ready.faults)}. Hãy sửa mẫu in.")
    sheet.state, sheet.lost_for = state, reason[:300]
    sheet.save()
    made = Certificate.objects.create(
        due=due, layout=layout, look=look_of(layout), run=sheet.run, batch=sheet.batch, number=due.award.position,
        texts=ready.texts, by=by, replaces=sheet,
    )  # fmt: skip
    SHEETS.tell(made, "print", "In thay tờ trước", by=by, after=_sheet_words(made))
    return made


@transaction.atomic
def exchange(sheet, *, by, reason) -> Certificate:
    """Another sheet for one that was handed over: damaged, lost, misprinted. The old one is worth nothing from now on.

    The store has a blank less and a certificate more, kept for the award. Raises ``Refused``.
    """
    found = SHEETS.locked(sheet)
    if found.state != Sheet.PRINTED:
        raise Refused(f"Tờ này {found.get_state_display().lower()}. Hãy mở tờ đang có hiệu lực.")
    before, due = _sheet_words(found), found.due
    made = instead(found, Sheet.REPLACED, by=by, reason=reason)
    day, lines = timezone.localdate(), [(due.kind, 1, due)]
    if due.kind.blank:
        lines.insert(0, (due.kind.blank, -1, None))
    write(
        Sort.PRINTED,
        lines,
        by=by,
        day=day,
        paper=f"{found.run.decision}, số sổ vàng {made.number}"[:200],
        note=reason[:300],
    )
    keep([due], day)
    SHEETS.tell(found, "exchange", "Cấp đổi, cấp lại", by=by, before=before, after=_sheet_words(found), reason=reason)
    return made


def _kept_back(sheet, user) -> str:
    return "" if sheet.due.state == Due.State.SHORT else "Tờ này đã giữ cho khen thưởng, hoặc không phải cấp nữa."


@SHEETS.step("keep", "Giữ lại cho khen thưởng này", [Sheet.PRINTED], who=KEEPER, fault=_kept_back, look="primary",
             told="Đã giữ tờ này cho khen thưởng.")  # fmt: skip
def keep_again(sheet, *, by):
    """What was let go, or came back with its award, is kept for it again: it bears its name."""
    keep([sheet.due], timezone.localdate())
    return {"Hiện vật": Due.State.RESERVED.label}


def _still_owed(sheet, user) -> str:
    return "" if sheet.due.state == Due.State.DROPPED else "Khen thưởng này còn phải cấp, hoặc đã giao."


@SHEETS.step("destroy", "Hủy tờ này", [Sheet.PRINTED], to=Sheet.RECOVERED, who=KEEPER, needs_reason=True, fault=_still_owed,
             hint="Khen thưởng không cấp nữa: tờ có tên không cấp được cho ai khác.", told="Đã hủy tờ này.")  # fmt: skip
def destroy(sheet, *, by, reason):
    """A sheet whose award is not given any more leaves the store."""
    paper = f"{sheet.run.decision}, số sổ vàng {sheet.number}"
    write(
        Sort.WRITTEN_OFF, [(sheet.due.kind, -1, sheet.due)], by=by, day=timezone.localdate(), paper=paper[:200],
        note=reason[:300], sample=sheet.run.sample,
    )  # fmt: skip
    sheet.lost_for = reason[:300]


@transaction.atomic
def recover(sheet, *, by, reason) -> Certificate:
    """The sheet was taken back: its award is cancelled. What came into the store is written where it came. Raises ``Refused``."""
    found = SHEETS.locked(sheet)
    if found.state != Sheet.PRINTED:
        raise Refused(f"Tờ này {found.get_state_display().lower()}.")
    before = _sheet_words(found)
    found.state, found.lost_for = Sheet.RECOVERED, reason[:300]
    SHEETS.store(found)
    SHEETS.tell(found, "recover", "Thu hồi", by=by, before=before, after=_sheet_words(found), reason=reason)
    return found


# --- A piece that bears a name

# It is kept for that name as long as it is in the store, also where the award was dropped since.
KEPT.append(Q(with_printed(), state__in=[Due.State.SHORT, Due.State.DROPPED]))


def _keep_printed(kinds):
    """Awards that wait for one of ``kinds`` and for which a sheet was printed: it is kept for them."""
    hold(kinds)
    rows = Due.objects.filter(with_printed(), kind__in=kinds, state=Due.State.SHORT)
    if found := list(rows.filter(award__stands=True, award__cancelled_on=None)):
        keep(found, timezone.localdate())


LISTED.append(_keep_printed)
