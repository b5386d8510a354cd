"""Opinions on nominations: asked of a body by letter, of the standing committee, of everybody by a listing; answered or silent.

Source: Luật Thi đua, khen thưởng 2022, Điều 84 khoản 3, 5; how many working days a listing stands is a row of the catalogue.
"""

from django import forms
from django.db import transaction
from django.utils import timezone

from documents.areas.papers import Papers
from documents.models import Addressee, Document
from documents.papers.tables import Lists
from documents.source.markdown import said, said_in_head
from documents.source.vietnamese import full_day
from documents.steps.forms import StepForm
from documents.steps.log import words_of
from documents.steps.refusing import Refused
from documents.steps.stepping import Steps, Who
from documents.uploads.fields import FilesField
from units.permissions import may_manage
from units.workdays import after

from ..area import AWARDS, keep
from ..catalogue.book import book_of, called
from ..log import About
from .models import Nomination, Opinion
from .moving import locked, move
from .papers import counted

State, Stage = Opinion.State, Nomination.State
LETTER = Papers(AWARDS, "lay-y-kien-khen-thuong")
# Where nothing is laid down of how long one waits for an answer.
USUAL_DAYS = 10

DEPARTMENT = Who(lambda row, user: may_manage(user), "Sở Nội vụ")
STEPS = Steps(
    Opinion, "việc lấy ý kiến", about=About.OPINION, related=["unit"], address="opinion_step",
    words=lambda row: words_of(row, ["due_on", "answer"]) | {"Trạng thái": row.get_state_display()},
)  # fmt: skip


def days_for(kind: str, nominations, day) -> int:
    """How many working days are given: for a listing the most that the catalogue lays down for one of ``nominations``."""
    rule = _listing_rule(nominations, day) if kind == Opinion.Kind.PUBLIC else None
    return rule.value if rule else USUAL_DAYS


def _listing_rule(nominations, day):
    """The row that says how long ``nominations`` are listed at least; None where nothing is laid down."""
    rows = [book_of(day).the("public_days", code) for code in {row.type.code for row in nominations}]
    return max(filter(None, rows), key=lambda row: row.value, default=None)


def _refuse_days(opinion, nominations):
    if opinion.due_on < opinion.asked_on:
        raise Refused("Hạn trả lời sớm hơn ngày hỏi. Hãy sửa lại.", "due_on")
    rule = _listing_rule(nominations, opinion.asked_on) if opinion.kind == Opinion.Kind.PUBLIC else None
    if rule and opinion.due_on < (least := after(opinion.asked_on, rule.value)):
        where = book_of(opinion.asked_on).citation(rule)
        raise Refused(f"Công khai ít nhất {rule.value} ngày làm việc ({where}), đến {least:%d/%m/%Y}.", "due_on")


@transaction.atomic
def ask(opinion: Opinion, nominations, *, by) -> Opinion:
    """Ask about ``nominations`` that were found fit; they wait until all that was asked about them is answered.

    Raises ``Refused``.
    """
    if not may_manage(by):
        raise Refused("Việc lấy ý kiến do Sở Nội vụ làm.")
    if not nominations:
        raise Refused("Hãy chọn ít nhất một đề nghị.", "nominations")
    if opinion.kind == Opinion.Kind.BODY and not (opinion.unit_id or opinion.body.strip()):
        raise Refused("Hãy chọn, hoặc ghi tên cơ quan được hỏi.", "unit")
    opinion.asked_on = opinion.asked_on or timezone.localdate()
    opinion.due_on = opinion.due_on or after(opinion.asked_on, days_for(opinion.kind, nominations, opinion.asked_on))
    _refuse_days(opinion, nominations)
    rows = locked(row.pk for row in nominations)
    wrong = [row.name for row in rows if row.state not in Nomination.ASKABLE]
    if wrong:
        raise Refused(f"Không hỏi được về: {', '.join(wrong)}: đề nghị không còn ở bước chờ xét. Hãy tải lại trang.")
    opinion.by = by
    opinion.save()
    opinion.nominations.set(rows)
    move(rows, Stage.ASKED, by=by, what="asked", act=f"Lấy ý kiến: {opinion.whom}")
    names = {"Hỏi": opinion.whom, "Về": ", ".join(row.name for row in rows), "Hạn": f"{opinion.due_on:%d/%m/%Y}"}
    STEPS.tell(opinion, "ask", "Lấy ý kiến", by=by, after=names)
    return opinion


class AnswerForm(StepForm):
    """What was answered, when."""

    outcome = forms.ChoiceField(label="Ý kiến", choices=[choice for choice in State.choices if choice[0] != State.OPEN])
    day = forms.DateField(label="Ngày trả lời")
    answer = forms.CharField(
        label="Nội dung", required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )
    files = FilesField(label="Bản quét văn bản trả lời", required=False)

    def prepare(self):
        """Today, where nothing else is typed."""
        self.initial["day"] = timezone.localdate()


@STEPS.step("answer", "Ghi trả lời", [State.OPEN], who=DEPARTMENT, form=AnswerForm, look="primary", icon="check",
            told="Đã ghi trả lời.")  # fmt: skip
def answer(opinion, *, by, outcome, day, answer, files=()):
    """What came of it; a nomination that nobody is asked about any more waits to be considered again."""
    if not opinion.asked_on <= day <= timezone.localdate():
        raise Refused("Ngày trả lời phải từ ngày hỏi đến hôm nay. Hãy sửa lại.", "day")
    if outcome == State.SILENT and day <= opinion.due_on:
        raise Refused(f"Chưa hết hạn trả lời ({opinion.due_on:%d/%m/%Y}).", "outcome")
    if opinion.kind == Opinion.Kind.PUBLIC and outcome == State.AGREED and day <= opinion.due_on:
        raise Refused(
            f"Còn công khai đến hết ngày {opinion.due_on:%d/%m/%Y}: sau ngày đó mới biết không ai có ý kiến.", "outcome"
        )
    if outcome == State.OBJECTED and not answer.strip():
        raise Refused("Hãy ghi nội dung ý kiến khác.", "answer")
    opinion.state, opinion.answered_on, opinion.answer = outcome, day, answer
    if files:
        opinion.scan = keep(files[0], by=by)
    asked_still = Opinion.objects.filter(state=State.OPEN, nominations__state=Stage.ASKED).exclude(pk=opinion.pk)
    waiting = asked_still.values("nominations")
    rows = Nomination.objects.filter(opinions=opinion, state=Stage.ASKED).exclude(pk__in=waiting)
    told = {"Ý kiến": opinion.get_state_display()}
    rows = locked(rows.values_list("pk", flat=True))
    move(rows, Stage.FIT, by=by, what="answered", act=f"Có ý kiến: {opinion.whom}", told=lambda row: told)


# --- The letter that asks


@transaction.atomic
def draft_letter(opinion: Opinion, *, by) -> Document:
    """An official letter that asks about the nominations, with their list. Raises ``Refused``."""
    opinion = STEPS.locked(opinion)
    if not may_manage(by):
        raise Refused("Văn bản lấy ý kiến do Sở Nội vụ soạn.")
    LETTER.refuse_standing(opinion.pk)
    rows = sorted(opinion.nominations.select_related("type", "recipient"), key=lambda row: (row.type.rank, row.pk))
    lists = Lists()
    cells = [(row.name, row.post, called(row.type)) for row in rows]
    listed = lists.table(
        "Danh sách lấy ý kiến", ["Họ và tên, tên tập thể", "Chức vụ, đơn vị", "Danh hiệu, hình thức"], cells
    )
    to = opinion.whom
    body = [
        f"{said(by.unit.name)} nhận được hồ sơ đề nghị khen thưởng {counted(rows)}:",
        listed,
        f"Để có cơ sở xét khen thưởng theo quy định, {said(by.unit.name)} đề nghị {said(to)} cho ý kiến về việc chấp hành "
        "chủ trương, chính sách, pháp luật và những vấn đề liên quan của các cá nhân, tập thể trên.",
        f"Ý kiến gửi về {said(by.unit.name)} trước {full_day(opinion.due_on)}.",
    ]
    subject = "lấy ý kiến về việc đề nghị khen thưởng"
    addressees = [Addressee(key=f"don-vi:{opinion.unit.code}", label=to)] if opinion.unit_id else []
    letter = LETTER.draft(
        opinion.pk, by=by, type="CV", issuer=by.unit, addressees=addressees, appendices=lists.appendices,
        facts={"subject": said_in_head(subject), "to": to, "body": lists.told("\n\n".join(body))},
    )  # fmt: skip
    opinion.letter = letter
    STEPS.store(opinion)
    return letter
