"""What a file of nominations and a decision answer in the gaps of texts that papers about them begin from."""

from campaigns.campaign.papers import named
from documents.areas.records import Records
from documents.source.vietnamese import count_text, full_day
from units.permissions import may_oversee

from ..area import AWARDS
from ..catalogue.models import Whom
from ..issuing.models import OF_DECISION
from ..nominations.models import OF_DOSSIER, OF_NOMINATION, Dossier, Nomination
from ..records.models import Decision


def _number(rows) -> str:
    number = rows.count()
    return count_text(number) if number else ""


def _proposed(whom):
    """A function that counts whom a file proposes: each recipient once, without those that were withdrawn."""

    def told(dossier, user):
        rows = dossier.nominations.exclude(state=Nomination.State.WITHDRAWN).filter(recipient__kind=whom)
        return _number(rows.order_by().values("recipient").distinct())

    return told


def _given(whom):
    """A function that counts to whom a decision gives something; for those who see all of it."""

    def told(decision, user):
        rows = decision.awards.standing().filter(whom=whom).order_by()
        return _number(rows.values("recipient").distinct()) if may_oversee(user) else ""

    return told


OF_FILE = Records(
    AWARDS, "ho-so", "Hồ sơ đề nghị khen thưởng",
    lambda user: Dossier.objects.visible_to(user).select_related("unit", "campaign__unit").order_by("-pk"),
    {
        "đơn vị": lambda row, user: row.unit.name,
        "số người": _proposed(Whom.PERSON),
        "số tập thể": _proposed(Whom.COLLECTIVE),
        "phong trào": lambda row, user: named(row.campaign) if row.campaign_id else "",
        "nội dung": lambda row, user: row.subject,
        "năm": lambda row, user: row.year,
    },
)  # fmt: skip
OF_FILE.are_told_by(OF_DOSSIER)
OF_FILE.are_told_by(
    OF_NOMINATION, lambda key: Nomination.objects.filter(pk=key).values_list("dossier", flat=True).first()
)


def _cited(decision) -> str:
    """``Quyết định số 12/QĐ-UBND ngày 05 tháng 02 năm 2020 của …``; nothing before it has a number."""
    if not decision.number:
        return ""
    issuer = decision.unit.name if decision.unit_id else decision.issuer
    return f"Quyết định số {decision.number} {full_day(decision.day)}{f' của {issuer}' if issuer else ''}"


OF_AWARDS = Records(
    AWARDS, "quyet-dinh", "Quyết định khen thưởng",
    lambda user: Decision.objects.visible_to(user).select_related("unit").order_by("-day", "-pk"),
    {
        "số người": _given(Whom.PERSON),
        "số tập thể": _given(Whom.COLLECTIVE),
        "quyết định": lambda row, user: _cited(row),
        "nội dung": lambda row, user: row.subject,
        "năm": lambda row, user: row.day.year,
        "ngày": lambda row, user: full_day(row.day) if row.number else "",
    },
)  # fmt: skip
OF_AWARDS.are_told_by(OF_DECISION)
