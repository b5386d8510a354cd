"""What the page of a paper tells of the decision that it is about: the list in figures for who approves it, the way to it."""

from django.db.models import Sum
from django.utils.html import format_html

from documents.areas.papers import key_of
from units.permissions import may_oversee
from units.text import key_or_none

from ..catalogue.book import book_of
from ..eligibility.words import dotted
from ..records.models import Award, Decision
from . import actions
from .giving import money_of
from .models import OF_CORRECTION, OF_DECISION, OF_UNDOING, Correction, NameCheck, Settled, Undoing
from .naming import counted, given
from .papers import by_award
from .rules import doubts_of


def _linked(words, address):
    return format_html('<a href="{}">{}</a>', address, words)


def _subject(rows, document):
    return rows.filter(pk=key_or_none(key_of(document)) or 0).first()


def link_to(decision, user):
    """The name of a decision, with the way to it for who may see it; on its way it is a matter of the department."""
    words = decision.subject[:1].upper() + decision.subject[1:] if decision.is_being_made else str(decision)
    seen = may_oversee(user) or (
        not decision.is_being_made and Decision.objects.visible_to(user).filter(pk=decision.pk).exists()
    )
    return _linked(words, decision.get_absolute_url()) if seen else words


@OF_DECISION.shown
def about_decision(document, user):
    """Whom it gives what, the money, what a person had to look at: as much as the list on its page, in a few lines."""
    decision = _subject(Decision.objects.select_related("office", "unit", "draft"), document)
    if decision is None:
        return
    yield "Quyết định", link_to(decision, user)
    yield "Người quyết định", decision.office.name
    if not decision.is_being_made:
        given_ones = decision.awards.aggregate(money=Sum("amount"))
        yield "Đã khen thưởng", str(decision.awards.count())
        yield "Tiền thưởng", f"{dotted(given_ones['money'])} đồng" if given_ones["money"] else ""
        return
    rows = list(actions.rows_of(decision))
    book = book_of(decision.day)
    for award, own in by_award(rows):
        yield f"Tặng {given(book, award)}", counted(row.recipient.kind for row in own)
    total = sum(paid.prize.amount for paid in money_of(decision, rows).values() if paid.is_paid)
    yield "Tiền thưởng", f"{dotted(total)} đồng" if total else "không"
    yield from _looked_at(decision, rows)


def _looked_at(decision, rows):
    """What of the list a person decided on, or has yet to; what units said of names."""
    if open_ones := len(doubts_of(rows, decision.day)):
        yield "Cần xem lại", f"{open_ones} dòng có thay đổi sau khi soạn"
    settled = Settled.objects.filter(nomination__decision=decision).values("nomination").distinct().count()
    yield "Trình kèm lý do", f"{settled} dòng" if settled else ""
    if decision.draft.names_until:
        said = NameCheck.objects.filter(nomination__decision=decision).exclude(state=NameCheck.State.OTHER).count()
        yield "Đơn vị đã xác nhận tên", f"{said}/{len(rows)}"


@OF_UNDOING.shown
def about_undoing(document, user):
    """Which decision gave what is cancelled, stripped or restored."""
    undoing = _subject(Undoing.objects.select_related("decision"), document)
    if undoing is not None:
        yield "Khen thưởng theo", link_to(undoing.decision, user)
        yield undoing.get_kind_display(), f"{undoing.awards.count()} khen thưởng"
        yield "Lý do", undoing.reason


@OF_CORRECTION.shown
def about_correction(document, user):
    """Whose name it sets right, in which decision."""
    row = _subject(Correction.objects.select_related("award__decision"), document)
    if row is None:
        return
    award = row.award
    seen = Award.objects.visible_to(user).filter(pk=award.pk).exists()
    yield "Quyết định được đính chính", link_to(award.decision, user)
    yield "Khen thưởng của", _linked(award.name, award.get_absolute_url()) if seen else award.name
    yield "Tên đúng", row.name if row.name != award.name else ""
    yield "Lý do", row.reason
