"""What becomes of a record of a person, a collective, a household: written, changed, where it worked, told apart from others.

The department that runs the year writes; a unit adds its own people, marked until the department has looked. Before something is
stored, records that it may be a second one of are shown once; who says that they are others is not asked again.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from documents.models import Change
from documents.steps.log import noted
from documents.steps.refusing import Refused, unless_taken
from documents.steps.stepping import Steps, Who
from units.permissions import may_manage, may_write

from ..catalogue.models import Whom
from ..log import About
from . import doubles
from .facts import FACTS, facts_in_words
from .identities import refuse_number, set_number
from .making import hold_making
from .models import Double, Posting, Recipient
from .rules import fault_of_posting, faults_of
from .unit_words import UnitWords

State = Recipient.State

# What two records are held against each other by.
_COMPARED = ["name", "head", "unit_id", "began_on", "began_year", "gender", "staff_code", "address", "is_unit"]


def _words(row) -> dict:
    return facts_in_words(row) | {"Quá trình công tác": "; ".join(_said(one) for one in row.postings.all())}


def _said(posting) -> str:
    days = [f"từ {posting.since:%d/%m/%Y}"] if posting.since else []
    days += [f"đến {posting.until:%d/%m/%Y}"] if posting.until else []
    return f"{posting.post or 'công tác'}, {posting.unit} {' '.join(days)}".strip()


def _not_now(step, row) -> str:
    if row.state == State.MERGED:
        return f"Bản ghi này đã được gộp vào «{row.merged_into}». Hãy làm ở bản ghi đó, hoặc tách lại trước."
    return "Bản ghi này chưa gộp vào bản ghi nào nên không có gì để tách."


class _OfFamily(Steps):
    """Steps of a record lock it with all that was merged with it, in the order of their keys: no two wait for each other."""

    def locked(self, row):
        """The row. Raises ``Refused`` where somebody merged or parted it at this moment."""
        before = _root(row)
        lock_families([before or row.pk])
        # Judged before anything else is locked, which would be out of order then.
        if _root(row) != before:
            raise Refused(JUST_MERGED)
        return super().locked(row)


JUST_MERGED = "Vừa có người gộp hoặc tách bản ghi này. Hãy tải lại trang."


def _root(row) -> int | None:
    return Recipient.objects.filter(pk=row.pk).values_list("merged_into", flat=True).first()


def lock_families(roots: Iterable[int]) -> list[int]:
    """Lock the records ``roots`` with what was merged into them until the transaction ends; their keys, in order.

    Raises ``Refused`` where something was merged into them meanwhile: to lock it now would be out of order.
    """
    rows = (
        Recipient.objects.filter(Q(pk__in=roots) | Q(merged_into__in=roots)).order_by("pk").values_list("pk", flat=True)
    )
    held = list(rows.select_for_update(of=("self",)))
    if list(rows) != held:
        raise Refused(JUST_MERGED)
    return held


MANAGER = Who(lambda row, user: may_manage(user), "Sở Nội vụ")
STEPS = _OfFamily(
    Recipient, "bản ghi", about=About.RECIPIENT, words=_words, related=["unit", "merged_into"], address="recipient_step",
    gone="Không còn bản ghi này. Hãy tải lại trang.", not_now=_not_now,
)  # fmt: skip


class DoublesFound(Refused):
    """There are records that this one may be a second one of: ``matches``, see ``doubles.Match``."""

    def __init__(self, matches, *, todo="mở bản ghi đã có để sửa"):
        self.matches = matches
        super().__init__(
            f"Có {len(matches)} bản ghi có thể là một với bản ghi này. Hãy xem lý do bên dưới: nếu đúng là một thì {todo}; "
            "nếu không phải thì bấm «Vẫn lưu là bản ghi khác»."
        )


# --- Writing


@transaction.atomic
def begin(row: Recipient, *, by, postings=(), number="", apart=()) -> Recipient:
    """Store a new record; ``number``: that of the identity card; ``apart``: the keys of doubles that were shown and are others.

    A unit adds its own people, without a number. Raises ``Refused``, of which ``DoublesFound`` is one.
    """
    if not may_manage(by):
        return _begin_own(row, by, apart)
    _refuse(row, postings)
    if number:
        refuse_number(row, number)
    hold_making()
    _refuse_doubles(row, number, apart)
    _store_new(row)
    _keep_postings(row, postings)
    if number:
        set_number(row, number)
    more = {"Số căn cước": "đã ghi"} if number else {}
    STEPS.tell(row, "write_recipient", "Thêm vào danh sách", by=by, after=_words(row) | more)
    _tell_apart(row, apart, by)
    return row


def _begin_own(row, by, apart):
    """What a unit adds. That it is another one than somebody it resembles is the department's to decide: the pair waits."""
    refuse_adding(row, by)
    _refuse(row, ())
    hold_making()
    matches = doubles.matches_of(row)
    seen = visible_keys(matches, by)
    if any(match.recipient.pk not in seen for match in matches):
        raise Refused(ELSEWHERE.format(row.name), "name")
    if left := [match for match in matches if match.recipient.pk not in set(apart)]:
        raise DoublesFound(left, todo="bấm «Đề nghị người này»")
    row.added_by_id = by.unit_id
    _store_new(row)
    doubles.store_new([row.pk])
    STEPS.tell(row, "write_recipient", "Đơn vị thêm vào danh sách", by=by, after=_words(row))
    return row


@transaction.atomic
def begin_all(rows: list[Recipient], *, by, reason: str):
    """Store what a list of a unit adds, judged before; ``reason``: from where. Raises ``Refused``. Few questions for many."""
    today, words = timezone.localdate(), UnitWords({row.unit_id for row in rows})
    for row in rows:
        refuse_adding(row, by)
        if faults := faults_of(row, today):
            raise Refused(f"{row.name}: {' '.join(faults.values())}")
        row.tidy(words)
        row.added_by_id = None if may_manage(by) else by.unit_id
    with unless_taken(_UNIT_TWICE, "unit"):
        Recipient.objects.bulk_create(rows, batch_size=500)
    doubles.store_new([row.pk for row in rows])
    notes = [
        noted(
            About.RECIPIENT,
            row,
            "Thêm vào danh sách",
            by=by,
            after=facts_in_words(row),
            what="write_recipient",
            reason=reason,
        )
        for row in rows
    ]
    Change.objects.bulk_create(notes, batch_size=500)


ELSEWHERE = "{} đã có ở đơn vị khác, hãy liên hệ Sở Nội vụ."


def refuse_adding(row: Recipient, user):
    """Raise ``Refused`` where ``user`` may not add ``row``: units add the people of their own, and of those right under them."""
    if may_manage(user):
        return
    if not may_write(user):
        raise Refused("Danh sách do Sở Nội vụ ghi. Cần thêm, hãy liên hệ Sở Nội vụ.")
    if row.unit_id is None or row.unit_id not in user.seen_units:
        raise Refused("Đơn vị chỉ thêm người, tập thể của mình hoặc của đơn vị trực thuộc.", "unit")


def visible_keys(matches, user) -> set[int]:
    """The keys of those of ``matches`` that ``user`` may see: of others nothing is told but that they are there."""
    keys = [match.recipient.pk for match in matches]
    return set(Recipient.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()


def _store_new(row):
    try:
        with unless_taken(_UNIT_TWICE, "unit"):
            row.save()
    except Refused:
        row.pk = None  # a transaction that failed leaves a key that nothing has
        raise


@STEPS.step(
    "look_over", "Đã xem, đúng", [State.MAIN], who=MANAGER, fault=lambda row, user: "" if row.added_by_id else "Đã xem rồi.",
    told="Đã ghi là Sở Nội vụ đã xem.", words=lambda row: {"Đơn vị thêm": str(row.added_by or "")},
)  # fmt: skip
def look_over(row, *, by):
    """The department looked at what a unit added."""
    row.added_by = None


@STEPS.step("edit_recipient", "Sửa", [State.MAIN], who=MANAGER, form=None)
def edit(row, *, by, typed, postings=(), moved_on=None, apart=()):
    """What is ``typed`` takes the place of what stands there; ``moved_on``: since when unit, post or class are others."""
    before = {name: getattr(row, name) for name in _COMPARED}
    if moved_on:
        postings = _moved(row, typed, moved_on, list(postings))
    for name in (*FACTS[row.kind], "groups"):
        setattr(row, name, getattr(typed, name))
    _refuse(row, postings)
    if before != {name: getattr(row, name) for name in _COMPARED}:
        _refuse_doubles(row, "", apart)
        doubles.looked_at(row)
    with unless_taken(_UNIT_TWICE, "unit"):
        row.save()
    _keep_postings(row, postings)
    _tell_apart(row, apart, by)


_UNIT_TWICE = "Đơn vị này đã có trong danh sách tập thể. Hãy mở trang của tập thể đó."


def _refuse(row, postings):
    """What cannot be stored of it; the first fault, beside its field."""
    today = timezone.localdate()
    for field, words in faults_of(row, today).items():
        raise Refused(words, field)
    if row.is_unit:
        _refuse_second_unit(row)
    for posting in postings:
        for words in fault_of_posting(posting, row.began_on, today).values():
            raise Refused(f"{_said(posting)}: {words}")


def _refuse_second_unit(row):
    if row.unit_id is None:
        raise Refused("Tập thể là chính đơn vị thì phải chọn đơn vị đó.", "unit")
    others = Recipient.objects.main().filter(is_unit=True, unit=row.unit_id).exclude(pk=row.pk)
    if row.merged_into_id is None and others.exists():
        raise Refused(_UNIT_TWICE, "unit")


# --- Doubles


def _refuse_doubles(row, number, apart):
    known = {*apart, *doubles.decided_apart(row)}
    if matches := doubles.matches_of(row, number, known):
        raise DoublesFound(matches)


def _tell_apart(row, apart, by):
    """Keep that ``row`` and each of ``apart`` are not one; only what is probable is worth a row."""
    asked = {match.recipient.pk: match for match in doubles.matches_of(row) if match.recipient.pk in set(apart)}
    for key, match in asked.items():
        likely = match.likeness
        facts = {"score": likely.score, "reasons": list(likely.reasons)}
        pair, is_new = Double.objects.get_or_create(
            **doubles.pair_of(row.pk, key), defaults=facts | {"state": Double.State.APART}
        )
        if not is_new and pair.state == Double.State.APART:
            continue
        pair.state, pair.version = Double.State.APART, pair.version + 1
        pair.save()
        APART.tell(pair, "keep_apart", "Lưu là bản ghi khác", by=by, reason="Đã xem và xác nhận khi lưu.")


APART = Steps(
    Double, "cặp", about=About.DOUBLE, related=["first", "second"], address="double_step",
    gone="Cặp này không còn trong danh sách có thể trùng. Hãy tải lại trang.",
    not_now=lambda step, pair: f"Cặp này: {pair.get_state_display().lower()}.", reason_length=300,
)  # fmt: skip
DOUBLES = Who(lambda pair, user: may_manage(user), "Sở Nội vụ")


@APART.step(
    "dismiss_double", "Không trùng", [Double.State.OPEN], to=Double.State.APART, who=DOUBLES, needs_reason=True,
    told="Đã ghi là khác nhau; chương trình không hỏi lại cặp này.",
)  # fmt: skip
def dismiss(pair, *, by):
    """They are two: the program does not ask again."""


@APART.step(
    "reopen_double", "Xem lại", [Double.State.APART], to=Double.State.OPEN, who=DOUBLES, needs_reason=True,
    told="Cặp này lại nằm trong danh sách có thể trùng.",
)  # fmt: skip
def reopen(pair, *, by):
    """It was decided too soon."""


# --- Postings


def _keep_postings(row, postings):
    """``postings`` take the place of what stands there."""
    if row.kind != Whom.PERSON:
        return
    row.postings.exclude(pk__in=[one.pk for one in postings if one.pk]).delete()
    for posting in postings:
        posting.recipient = row
        posting.save()


def _moved(row, typed, day: date, postings) -> list[Posting]:
    """``postings`` with the old place ended the day before ``day`` and the new one begun."""
    was, now = (_place(one) for one in (row, typed))
    if was == now:
        raise Refused("Đơn vị, chức vụ không đổi. Hãy sửa đơn vị hoặc chức vụ, hoặc để trống ngày chuyển.", "moved_on")
    open_ = next((one for one in postings if one.until is None and one.unit_id == row.unit_id), None)
    if row.unit_id and open_ is None:
        unit, post, position_class = was
        open_ = Posting(unit_id=unit, post=post, position_class=position_class)
        postings.append(open_)
    if open_:
        open_.until = day - timedelta(days=1)
    if typed.unit_id:
        unit, post, position_class = now
        postings.append(Posting(unit_id=unit, post=post, position_class=position_class, since=day))
    return postings


def _place(row):
    return row.unit_id, row.post, row.position_class
