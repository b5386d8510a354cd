"""What awards of a year do not say is filled in: the class of a post, of a collective, who laid it before the Premier."""

from collections import defaultdict

from django.db import transaction

from documents.steps.log import record
from documents.steps.refusing import Refused
from units.permissions import may_manage

from ..catalogue.models import Whom
from ..log import About
from ..records.models import Award, Decision
from .figures import given_in
from .layouts import layout_of

# {what is asked: (its column, of whom it is asked, what the log calls it)}
OF_AWARDS = {
    "positions": ("position_class", Whom.PERSON, "Lớp chức vụ"),
    "bodies": ("body_class", Whom.COLLECTIVE, "Loại tập thể"),
}
TAKEN = "Có dòng vừa được người khác ghi. Hãy xem lại các dòng còn thiếu."


def lacking(user, year: int, about: str):
    """({what is asked: awards that do not say it}, decisions that do not say who laid them before the Premier) of a form."""
    layout = layout_of(year, about)
    rows = given_in(user, year, layout.counts["levels"])
    rows = rows.filter(cancelled_on=None).order_by("decided_on", "decision", "position")
    awards = {
        name: rows.filter(whom=whom, **{column: ""}).select_related("decision", "type", "recipient", "unit")
        for name, (column, whom, _) in OF_AWARDS.items()
    }
    decisions = Decision.objects.none()
    if "submitters" in layout.asks_for:
        decisions = Decision.objects.filter(submitter="", pk__in=rows.order_by().values("decision"))
    return awards, decisions


@transaction.atomic
def fill_in(*, awards, decisions, by) -> int:
    """Store what was found: ``awards`` {(what is asked, award): value}, ``decisions`` {decision: who laid it before the Premier}.

    Gives how many were filled in. Raises ``Refused`` where somebody else was quicker; nothing is stored then.
    """
    if not may_manage(by):
        raise Refused("Thông tin còn thiếu của quyết định khen thưởng do Sở Nội vụ ghi.")
    changed = defaultdict(dict)
    for (name, award), value in awards.items():
        column, _, label = OF_AWARDS[name]
        if not Award.objects.filter(pk=award.pk, **{column: ""}).update(**{column: value}):
            raise Refused(TAKEN)
        words = dict(Award._meta.get_field(column).choices)[value]
        changed[award.decision][f"{label} ({award.position}. {award.name})"] = words
    for decision, value in decisions.items():
        if not Decision.objects.filter(pk=decision.pk, submitter="").update(submitter=value):
            raise Refused(TAKEN)
        changed[decision]["Cơ quan trình Thủ tướng"] = Decision.Submitter(value).label
    for decision, words in changed.items():
        before = dict.fromkeys(words, "")
        record(
            About.DECISION, decision, "ghi bổ sung cho biểu thống kê", by=by, before=before, after=words, what="fill_in"
        )
    return len(awards) + len(decisions)
