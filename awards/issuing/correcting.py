"""A name in a decision that was written wrongly: set right by a paper that is written here, or by one of another authority."""

from django import forms
from django.db import transaction
from django.utils import timezone

from documents.areas.papers import ISSUED, RECALLED, key_of
from documents.models import Document
from documents.papers.tables import Lists
from documents.source.markdown import said
from documents.steps.forms import StepForm
from documents.steps.log import record
from documents.steps.refusing import Refused
from units.permissions import may_manage
from units.text import key_or_none

from ..decisions.actions import MANAGER, State
from ..decisions.cancelling import AWARD_STEPS, issued_here
from ..log import About
from ..records.models import Award
from .models import OF_CORRECTION, Correction
from .undoing import issuer_of
from .undoing_papers import cited, draft_decision, last_article


def _refuse_words(award, name, post):
    if (name, post) == (award.name, award.post):
        raise Refused("Tên, chức vụ vẫn như trong quyết định. Hãy ghi cách viết đúng.", "name")
    if award.cancelled_on:
        raise Refused(f"Khen thưởng này đã {award.lost_words.lower()} nên không đính chính.")


@transaction.atomic
def write_correction(award, *, by, name, post, reason) -> Document:
    """A draft of the decision that corrects how a name is written. Raises ``Refused``."""
    if not may_manage(by):
        raise Refused("Quyết định đính chính do Sở Nội vụ soạn.")
    decision = award.decision
    issuer = issuer_of(decision, by)
    if issuer is None:
        raise Refused(
            f"{decision} của {decision.office}: cơ quan đó mới đính chính được. Có văn bản thì ghi ở trang khen thưởng."
        )
    _refuse_words(award, name, post)
    _refuse_pending(award)
    row = Correction.objects.create(award=award, name=name, post=post, reason=reason, by=by)
    changes = [(old, new) for old, new in ((award.name, name), (award.post, post)) if old != new]
    told = "; ".join(f"«{said(old)}» nay đọc là «{said(new)}»" for old, new in changes)
    body = [
        f"**Điều 1.** Đính chính tại số thứ tự {award.position} của danh sách kèm theo {said(cited(decision))}: {told}.",
        f"**Điều 2.** Các nội dung khác của Quyết định số {said(decision.number)} không thay đổi.",
        last_article(issuer),
    ]
    return draft_decision(OF_CORRECTION, row.pk, issuer, by, f"đính chính {decision}", body, Lists(), [award])


def _refuse_pending(award):
    """Raise ``Refused`` where a paper is on its way that sets this name right: of two the later one would be of a name that is
    no more. The award is held, so that two who write one take turns.
    """
    Award.objects.select_for_update().get(pk=award.pk)
    papers = OF_CORRECTION.of(*award.corrections.values_list("pk", flat=True))
    if paper := papers.filter(state__in=Document.PENDING).first():
        raise Refused(
            f"Đã có {paper.name} ({paper.get_state_display().lower()}) cho khen thưởng này. Hãy dùng văn bản đó, hoặc bỏ trước."
        )


def _set_right(award, row):
    """The register has the right name from now on; the person is found by the old spelling as well."""
    row.name_before, row.post_before = award.name, award.post
    award.name, award.post = row.name, row.post
    _known_as(award.recipient, row.name_before, but=row.name)


def _known_as(person, old, *, but):
    if old not in (person.name, but) and old not in person.other_names.splitlines():
        person.other_names = "\n".join(filter(None, [person.other_names, old]))
        person.save()


class CorrectionForm(StepForm):
    """How a name is written rightly, by which paper of another authority."""

    name = forms.CharField(label="Tên đúng", max_length=200)
    post = forms.CharField(label="Chức vụ, đơn vị đúng", max_length=400, required=False)
    number = forms.CharField(label="Số văn bản đính chính", max_length=60)
    day = forms.DateField(label="Ngày ký")

    def prepare(self):
        """As it is written now, to be changed."""
        self.initial |= {"name": self.row.name, "post": self.row.post}
        self.fields["reason"].max_length = 300


def _made_here(award, user):
    if award.cancelled_on:
        return f"Khen thưởng này đã {award.lost_words.lower()} nên không đính chính."
    by_paper = "Quyết định này ban hành trên phần mềm: hãy «Đính chính tên» bằng văn bản soạn ở đây."
    return by_paper if issued_here(award.decision) else ""


def _words(award):
    return {"Tên": award.name, "Chức vụ, đơn vị": award.post}


@AWARD_STEPS.step(
    "correct", "Ghi văn bản đính chính", [State.STANDING], who=MANAGER, form=CorrectionForm, needs_reason=True,
    fault=_made_here, words=_words, told="Đã ghi đính chính. Tìm theo cách viết cũ vẫn thấy.",
    hint="Khi cơ quan đã quyết định có văn bản đính chính tên.",
)  # fmt: skip
def correct(award, *, by, reason, name, post, number, day):
    """A name that another authority set right by its paper."""
    if day > timezone.localdate():
        raise Refused(f"Ngày {day:%d/%m/%Y} chưa đến. Hãy ghi ngày ký của văn bản.", "day")
    if day < award.decided_on:
        raise Refused(f"Văn bản đính chính không thể sớm hơn quyết định ({award.decided_on:%d/%m/%Y}).", "day")
    _refuse_words(award, name, post)
    row = Correction(award=award, name=name, post=post, reason=reason[:300], number=number, day=day, by=by)
    _set_right(award, row)
    row.save()
    return {"Theo": f"văn bản số {number} ngày {day:%d/%m/%Y}"}


# --- What becomes of the paper


@OF_CORRECTION.heard
def hear_correction(document: Document, state: str) -> None:
    """Issued, it sets the name right; recalled, the name stands again as the decision has it. Raises ``Refused``."""
    rows = Correction.objects.select_related("award__recipient", "award__decision")
    row = rows.filter(pk=key_or_none(key_of(document)) or 0).first()
    if row is None:
        return
    award = row.award
    before = _words(award)
    if state == ISSUED:
        _set_right(award, row)
        row.number, row.day = document.reference, document.dated
    elif state == RECALLED and (award.name, award.post) == (row.name, row.post):
        award.name, award.post = row.name_before, row.post_before
        _known_as(award.recipient, row.name, but=award.name)
        row.number, row.day = "", None
    else:
        return
    row.save()
    award.save()
    told = {"Theo": f"{document.name} ngày {document.date_text}"}
    act = "Đính chính" if state == ISSUED else "Thu hồi đính chính"
    record(
        About.DECISION, award.decision, act, by=document.issued_by, before=before, after=_words(award) | told,
        what="correct", of=award.pk,
    )  # fmt: skip
