"""What becomes of one nomination: added, changed, taken out while the unit has the file; then accepted, refused, withdrawn."""

from django import forms
from django.db import transaction
from django.utils import timezone

from documents.steps.forms import StepForm
from documents.steps.refusing import Refused, unless_taken
from documents.steps.stepping import GONE, Who
from units.permissions import may_manage

from ..catalogue.book import called
from . import checking, flags
from .actions import STEPS
from .models import Dossier, Nomination
from .moving import LINES, words

State, Stage = Dossier.State, Nomination.State

_LINE = [
    "recipient",
    "type",
    "fallback",
    "name",
    "post",
    "unit",
    "position_class",
    "body_class",
    "deed",
    "votes_for",
    "votes_of",
]
# What the log calls the writing of a file.
WRITTEN = ["nominate", "edit_line", "remove_line"]
_TWICE = "Người này đã có trong hồ sơ với danh hiệu, hình thức này. Hãy bỏ một dòng."


def is_open_to(dossier, user) -> bool:
    """Whether ``user`` may change what the file proposes."""
    return dossier.state in Dossier.OPEN and dossier.is_kept_by(user)


@transaction.atomic
def nominate(row: Nomination, *, by) -> Nomination:
    """Add a nomination to its file. Raises ``Refused``."""
    dossier = STEPS.locked(row.dossier)
    if not is_open_to(dossier, by):
        raise Refused(f"Hồ sơ đang ở bước «{dossier.get_state_display()}», không thêm đề nghị được nữa.")
    add_all(dossier, [row], by=by)
    LINES.tell(row, "nominate", f"Thêm đề nghị: {row.name}", by=by, after=words(row), of=row.pk)
    return row


def add_all(dossier, rows, *, by) -> None:
    """Put ``rows`` behind the nominations that there are, with what is to be stored of who they are; the file is locked."""
    instead = flags.instead_of(rows)
    last = max(dossier.nominations.order_by().values_list("position", flat=True), default=0)
    for position, row in enumerate(rows, last + 1):
        row.dossier, row.position = dossier, position
        fill_in(row)
        row.fallback = row.fallback or instead.get(row.type.code)
        refuse_line(row)
    with unless_taken(
        {_TWICE: "Người này đã có trong hồ sơ với danh hiệu, hình thức này. Hãy bỏ một dòng."}, "recipient"
    ):
        if len(rows) == 1:
            rows[0].save()
        else:
            Nomination.objects.bulk_create(rows)
    dossier.version += 1
    dossier.save()


def fill_in(row) -> None:
    """What was not typed is what stands in the record of the recipient."""
    who = row.recipient
    row.name = row.name or who.name
    row.unit = row.unit or who.unit
    row.post = row.post or ", ".join(filter(None, [who.post, who.unit.name if who.unit and not who.is_unit else ""]))
    row.position_class = row.position_class or who.position_class
    row.body_class = row.body_class or who.body_class


def refuse_line(row) -> None:
    """Raise ``Refused`` for what no file can propose."""
    if not row.type.is_for(row.recipient.kind):
        raise Refused(
            f"{row.name}: danh hiệu, hình thức này không dành cho {row.recipient.get_kind_display().lower()}. "
            "Hãy chọn loại khác.",
            "type",
        )
    if row.fallback_id and (row.fallback_id == row.type_id or not row.fallback.is_for(row.recipient.kind)):
        raise Refused("Hãy chọn danh hiệu, hình thức khác cho người này khi không được.", "fallback")
    if row.votes_for is not None and row.votes_of is None:
        raise Refused("Hãy ghi cả tổng số thành viên Hội đồng của đơn vị.", "votes_of")
    if row.votes_for is not None and row.votes_for > row.votes_of:
        raise Refused("Số phiếu đồng ý lớn hơn tổng số. Hãy sửa lại.", "votes_for")


def _closed(row, user) -> str:
    dossier = row.dossier
    return (
        ""
        if dossier.state in Dossier.OPEN
        else f"Hồ sơ đang ở bước «{dossier.get_state_display()}», không sửa được nữa."
    )


_OWN = Who(lambda row, user: row.dossier.is_kept_by(user), lambda row: row.dossier.unit.name)
_OFFICE = Who(lambda row, user: may_manage(user), "Sở Nội vụ")


@LINES.step("edit_line", "Sửa đề nghị", [Stage.IN_FILE], who=_OWN, form=None, fault=_closed)
def edit_line(row, *, by, typed):
    """Everything as in ``typed``, a nomination."""
    for name in _LINE:
        setattr(row, name, getattr(typed, name))
    fill_in(row)
    row.fallback = row.fallback or flags.instead_of([row]).get(row.type.code)
    refuse_line(row)
    twice = row.dossier.nominations.filter(recipient=row.recipient, type=row.type).exclude(pk=row.pk)
    if twice.exists():
        raise Refused(_TWICE, "recipient")
    row.checked_at, row.met, row.missing, row.changed = None, None, "", ""


@LINES.step(
    "remove_line", "Bỏ khỏi hồ sơ", [Stage.IN_FILE], who=_OWN, to=GONE, fault=_closed, look="ghost-danger", icon="trash",
    told="Đã bỏ khỏi hồ sơ.",
)  # fmt: skip
def remove_line(row, *, by):
    """Take it out while the unit still has the file."""


# --- One nomination, once the department has the file

# While the council votes as well: it is marked on the agenda and not counted.
_BEFORE_COUNTED = [Stage.IN_FILE, Stage.FIT, Stage.ASKED, Stage.COUNCIL]


def _received(row, user) -> str:
    if row.dossier.state in (State.RECEIVED, State.APPRAISED):
        return ""
    return f"Hồ sơ đang ở bước «{row.dossier.get_state_display()}»; hãy tiếp nhận trước."


@LINES.step(
    "accept", "Vẫn đề nghị, kèm lý do", [Stage.IN_FILE, Stage.UNFIT], who=_OFFICE, fault=_received, needs_reason=True,
    told="Đã ghi lý do vẫn đề nghị.",
)  # fmt: skip
def accept(row, *, by, reason):
    """An officer takes it on although the check does not find it met, and says why."""
    row.accepted = reason
    if row.state == Stage.UNFIT:
        row.state, row.refusal, row.since = Stage.FIT, "", timezone.localdate()


class RefuseForm(StepForm):
    """Article and missing fact."""

    refusal = forms.CharField(
        label="Không khen vì", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ghi điều luật và điều còn thiếu: đơn vị đọc được lý do này.",
    )  # fmt: skip

    def prepare(self):
        """Begin with what the check found."""
        answer = checking.judged(self.row.dossier, [self.row])[self.row.pk]
        self.initial["refusal"] = "" if answer.met else checking.refusal_of(answer)


@LINES.step(
    "refuse", "Không đề nghị khen", [*_BEFORE_COUNTED, Stage.PASSED], to=Stage.REFUSED, who=_OFFICE,
    fault=_received, form=RefuseForm, icon="x", told="Đã ghi không khen, kèm lý do.",
)  # fmt: skip
def refuse(row, *, by, refusal):
    """It goes no further; the unit reads why."""
    if not refusal.strip():
        raise Refused("Đề nghị này đủ điều kiện; hãy ghi lý do không khen.", "refusal")
    row.refusal, row.since, row.decision = refusal, timezone.localdate(), None


@LINES.step(
    "withdraw_line", "Rút đề nghị này", _BEFORE_COUNTED, to=Stage.WITHDRAWN, who=_OWN, needs_reason=True,
    look="ghost-danger", fault=lambda row, user: "" if row.dossier.state not in Dossier.OPEN else "Hãy bỏ khỏi hồ sơ.",
)  # fmt: skip
def withdraw_line(row, *, by):
    """The unit proposes this one no more; what was asked about it stays."""
    row.since = timezone.localdate()


# --- Another award where that one is not given


def _nothing_instead(row, user) -> str:
    if row.fallback_id is None:
        return "Đề nghị này không ghi danh hiệu, hình thức được xét thay."
    if row.dossier.nominations.filter(recipient=row.recipient_id, type=row.fallback_id).exists():
        return f"{called(row.fallback)} đã được đề nghị trong hồ sơ."
    return _received(row, user)


@LINES.step(
    "fall_back", "Xét danh hiệu thay", Nomination.FALLEN, who=_OFFICE, fault=_nothing_instead, look="primary",
    icon="arrow-forward-up", told="Đã đưa danh hiệu thay vào hồ sơ.",
    hint=lambda row: f"Không được thì xét {called(row.fallback)}." if row.fallback else "",
)  # fmt: skip
def fall_back(row, *, by):
    """It is looked at for what was to come if it did not get the first award, in a nomination of its own, judged at once.

    Where the file was appraised already the new one is fit, or not and an officer may take it on all the same.
    """
    dossier = row.dossier
    own = {name: getattr(row, name) for name in _LINE if name not in ("type", "fallback", "votes_for", "votes_of")}
    new = Nomination(type=row.fallback, in_place_of=row, **own)
    add_all(dossier, [new], by=by)
    answer = checking.judged(dossier, [new])[new.pk]
    new.met, new.missing, new.checked_at = answer.met, checking.missing_of(answer), timezone.now()
    if dossier.state == State.APPRAISED:
        new.state = Stage.FIT if answer.met else Stage.UNFIT
        new.refusal = "" if answer.met else checking.refusal_of(answer)
    new.save()
    LINES.tell(new, "nominate", f"Xét thay {called(row.type)}: {new.name}", by=by, after=words(new), of=new.pk)
    return {"Xét thay": called(new.type)}
