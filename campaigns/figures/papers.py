"""The statistical form as it is sent: its number, who reports to whom, the figures, who made it and who answers for it.

Source: the circulars in ``data/forms.toml``, heads and feet of their forms.
"""

from django.template.loader import render_to_string
from django.utils import timezone

from documents.source.vietnamese import full_day
from documents.typesetting import to_pdf
from documents.typesetting.body import whole_references
from units.models import Capacity
from units.permissions import department, may_oversee

DUE = "Ngày 15 tháng 12 năm báo cáo"


def facts_of(found, user) -> dict:
    """What stands around the figures, on paper and in the workbook."""
    unit, today = user.unit, timezone.localdate()
    above = department(today)
    receiver = found.layout.receiver if may_oversee(user) else above.name if above else ""
    heads = unit.terms.in_force(today).filter(capacity__in=[Capacity.OWN, Capacity.Q]) if unit else ()
    head = heads.select_related("official").first() if unit else None
    return {
        "figures": found,
        "title": found.layout.title.upper(),
        "number": f"Biểu số: {found.form.number}" if found.form else "",
        "circular": f"Ban hành theo {found.form.circular}" if found.form else "",
        "due": DUE,
        "reporter": _reporter(user),
        "receiver": receiver,
        "day": f"{unit.place if unit else ''}, {full_day(today)}".lstrip(", "),
        "preparer": user.full_name,
        "head": head.official.name if head else "",
    }


def _reporter(user) -> str:
    """Who reports; to the ministry a department says of which province it is."""
    unit = user.unit
    if not unit:
        return ""
    return f"{unit.name}, {unit.superior.name}" if may_oversee(user) and unit.superior else unit.name


def pdf(found, user) -> bytes:
    """The form on paper. Raises ``documents.typesetting.pdf.PackagesMissing``."""
    facts = facts_of(found, user)
    facts["circular"] = whole_references(facts["circular"])
    return to_pdf(render_to_string("campaigns/figures/printed.html", facts))
