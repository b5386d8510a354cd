"""What of papers waits for a person on the first page, and which of their days are near."""

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, When
from django.urls import reverse
from django.utils.timezone import localtime

from units.permissions import APPROVERS, may_write
from units.questions import Question

from ..area import PAPERS
from ..areas import agenda
from ..areas.waiting import SHOWN, Kind, Row
from ..deliveries.models import Delivery, Mail, Reminder
from ..duties.models import Assignment
from ..exchange.models import AxisPackage
from ..life.actions import give_back, to_decide, to_wait_for
from ..life.signing_many import to_sign
from ..papers.models import Document, Duty
from ..steps.models import EDIT, PAPER, Change

State = Document.State
_DECISIONS = {
    State.SUBMITTED: ("document", "Duyệt"),
    State.AGREED: ("present", "Trình ký"),
    State.PRESENTED: ("document", "Duyệt"),
    State.APPROVED: ("issue", "Cấp số"),
}


def _name(type_, reference) -> str:
    """As ``Document.name``."""
    return f"{type_} số {reference}" if reference else f"{type_} (chưa có số)"


def _paper(today, key, subject, type_, state, author):
    page, verb = _DECISIONS[state]
    note = f"{type_} · {State(state).label} · {author} soạn"
    return Row(subject, reverse("document", args=[key]), note, verb, reverse(page, args=[key]))


def _decisions(user, today):
    return to_decide(user, today).order_by("updated_at", "pk")


def _to_sign(today, key, subject, type_, signer, author):
    note = f"{type_} · {signer} ký · {author} soạn"
    return Row(subject, reverse("document", args=[key]), note, "Ký số", reverse("sign", args=[key]))


def _away(user, today):
    return to_wait_for(user).order_by("updated_at", "pk")


def _paper_away(today, key, subject, type_, body, author):
    return Row(subject, reverse("document", args=[key]), f"{type_} · {body} · {author} soạn")


def _returned(user, today):
    """Drafts of ``user``, or of people who are no longer there to mend them, that were given back; the latest first."""
    units = user.inherited_units
    last = Change.objects.filter(about=PAPER, key=OuterRef("pk")).exclude(what=EDIT).order_by("-at", "-pk")
    told = {"what": "what", "back_at": "at", "back_by": "by__full_name", "back_reason": "reason"}
    told = {name: Subquery(last.values(field)[:1]) for name, field in told.items()}
    gone = Q(author__is_active=False) | ~Q(author__unit__in=units)
    drafts = Document.objects.filter(
        Q(author=user.pk) | gone, origin=Document.Origin.OURS, state=State.DRAFT, unit__in=units
    )
    return drafts.annotate(**told).filter(what=give_back.what).order_by("-back_at", "-pk")


def _given_back(today, key, subject, type_, reason, author, by, at):
    note = f"{type_} · {author} soạn · {by} trả lại {localtime(at):%d/%m/%Y}: {reason}"
    return Row(subject, reverse("document", args=[key]), note, "Sửa lại")


def _reminders(user, today):
    return Reminder.objects.filter(unit__in=user.inherited_units, seen_at=None).order_by("-pk")


def _reminder(today, key, words, unit, by, at):
    return Row(words, reverse("document", args=[key]), f"{unit or by} nhắc {localtime(at):%d/%m/%Y}", "Xem lời nhắc")


def _duties(user, today):
    found = Assignment.objects.open().filter(unit__in=user.inherited_units, duty__document__state=State.ISSUED)
    return found.order_by(F("duty__until").asc(nulls_last=True), "duty__position", "pk")


def _duty(today, key, clause, words, until, type_, reference):
    words = str(Duty(clause=clause, words=words))
    note = f"hạn {until:%d/%m/%Y} · {_name(type_, reference)}" if until else _name(type_, reference)
    return Row(words, reverse("duty", args=[key]), note, "Báo cáo", is_late=bool(until) and until < today)


def _unread(user, today):
    return Delivery.objects.filter(unit__in=user.inherited_units, read_at=None).order_by("-delivered_at", "-pk")


def _delivery(today, key, subject, type_, reference, at):
    return Row(
        subject, reverse("document", args=[key]), f"{_name(type_, reference)} · nhận {localtime(at):%d/%m/%Y}", "Đọc"
    )


def _packages(user, today):
    waiting = AxisPackage.Outcome.WAITING
    return AxisPackage.objects.filter(way=AxisPackage.Way.IN, unit__in=user.inherited_units, outcome=waiting).order_by(
        "pk"
    )


def _package(today, key, subject, business, sender):
    note = f"{AxisPackage.Business(business).label} · {sender}"
    return Row(subject, reverse("enter_package", args=[key]), note, "Xử lý")


def _mails(user, today):
    return Mail.objects.filter(unit__in=user.inherited_units, state=Mail.State.WAITING)


def _mail(today, key, subject, to):
    return Row(subject, reverse("mail", args=[key]), f"gửi {to}", "Xem, gửi")


PAPERS.waits += [
    Kind(
        "Chờ duyệt, chờ số",
        "documents",
        _decisions,
        ("pk", "subject", "type__name", "state", "author__full_name"),
        _paper,
    ),
    Kind(
        "Chờ ký số",
        "documents",
        to_sign,
        ("pk", "subject", "type__name", "signer_name", "author__full_name"),
        _to_sign,
        more=lambda *columns: reverse("sign_many"),
        asked=lambda user, today: may_write(user) and user.role in APPROVERS,
    ),
    Kind(
        "Đã trình, chờ ký",
        "documents",
        _away,
        ("pk", "subject", "type__name", "issuer_name", "author__full_name"),
        _paper_away,
    ),
    Kind(
        "Bị trả lại",
        "documents",
        _returned,
        ("pk", "subject", "type__name", "back_reason", "author__full_name", "back_by", "back_at"),
        _given_back,
        since="back_at__date",
        is_late=True,
    ),
    Kind(
        "Lời nhắc",
        "received",
        _reminders,
        ("document_id", "words", "by__unit__name", "by__full_name", "at"),
        _reminder,
        since="at__date",
        more=lambda *columns: reverse("received"),
    ),
    Kind(
        "Nhiệm vụ chưa xong",
        "duties",
        _duties,
        (
            "pk",
            "duty__clause",
            "duty__words",
            "duty__until",
            "duty__document__type__name",
            "duty__document__reference",
        ),
        _duty,
        since="duty__until",
        more=lambda *columns: f"{reverse('duties')}?muc=open",
    ),
    Kind(
        "Văn bản chưa đọc",
        "received",
        _unread,
        ("document_id", "document__subject", "document__type__name", "document__reference", "delivered_at"),
        _delivery,
        since="delivered_at__date",
        more=lambda *columns: f"{reverse('received')}?con=chua-doc",
    ),
    Kind(
        "Gói liên thông chờ xử lý",
        "books",
        _packages,
        ("pk", "subject", "business", "sender"),
        _package,
        since="at__date",
        more=lambda *columns: f"{reverse('packages')}?con=waiting",
    ),
    Kind(
        "Thư chờ gửi",
        "outbox",
        _mails,
        ("pk", "subject", "to"),
        _mail,
        since="created_at__date",
        more=lambda *columns: f"{reverse('outbox')}?state=waiting",
    ),
]


# --- The shortest way to the next paper

_DRAFTS = Question(
    lambda user, today: (
        Document.objects.filter(origin=Document.Origin.OURS, unit__in=user.inherited_units, state=State.DRAFT)
        .order_by(Case(When(author=user.pk, then=0), default=1), "-updated_at", "-pk")
        .values_list("pk", "subject", "type__name", "author", "author__full_name", "updated_at")[:SHOWN]
    )
)


def latest_drafts(user, today) -> list[Row]:
    """Drafts of the own unit, one's own first, the latest first."""
    return [
        Row(
            subject,
            reverse("document", args=[key]),
            f"{type_} · {'sửa' if author == user.pk else f'{name} soạn, sửa'} {localtime(at):%H:%M %d/%m/%Y}",
        )
        for key, subject, type_, author, name, at in _DRAFTS(user, today)
    ]


# --- Days that are near


def _own_days(user, today):
    """Duties of the own unit."""
    return (
        _duties(user, today)
        .filter(duty__until__range=(today, today + agenda.DAYS))
        .order_by("duty__until", "pk")
        .values_list("duty__until", "pk", "duty__clause", "duty__words")
    )


def _own_day(day, key, clause, words):
    return f"Hạn: {Duty(clause=clause, words=words)}", reverse("duty", args=[key])


def _given_days(user, today):
    """Duties that papers of the own unit gave to others, with how many have not done them."""
    papers = Duty.objects.filter(document__unit__in=user.inherited_units, document__state=State.ISSUED)
    left = Count("assignments", Q(assignments__done_at=None))
    return (
        papers.filter(until__range=(today, today + agenda.DAYS))
        .annotate(left=left)
        .filter(left__gt=0)
        .order_by("until", "pk")
        .values_list("until", "document_id", "clause", "words", "left")
    )


def _given_day(day, key, clause, words, left):
    return f"Hạn của {left} đơn vị chưa xong: {Duty(clause=clause, words=words)}", reverse("duty_matrix", args=[key])


PAPERS.days.append(agenda.Days(_own_days, _own_day))
PAPERS.days.append(agenda.Days(_given_days, _given_day))
