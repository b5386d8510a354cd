"""A statistical form as it is sent: its number, who reports to whom, the figures, who made it and who answers for it.

Source: the circulars that the forms name, heads and feet of their forms.
"""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import timezone

from documents.source.vietnamese import full_day
from documents.typesetting import to_pdf
from documents.typesetting.body import whole_references
from units.models import Capacity
from units.permissions import department, may_oversee

from .layouts import Form, Line


@dataclass
class Filled:
    """A form of a year, filled in as one person sees it. ``form``: what the law asks of that year, as far as it is known; the
    layout is there in any case.
    """

    year: int
    form: Form | None
    layout: Form
    lines: list[Line]

    @property
    def total(self) -> int:
        """How many are counted in all."""
        return next(line.counts[0] for line in self.lines if line.is_total)

    @property
    def rows(self):
        """Each line with what stands before its figures, and what is written in them."""
        for line in self.lines:
            labels = [(name, getattr(line.row, name)) for name, *_ in self.layout.labels]
            yield line, labels, line.cells(self.layout)


def scope_words(user) -> str:
    """Of whom the figures are, for the page."""
    if may_oversee(user):
        return "Toàn tỉnh"
    return f"{user.unit} và các đơn vị trực thuộc" if user.unit_id else "Tài khoản chưa gắn với đơn vị nào"


def facts_of(found: Filled, user) -> dict:
    """What stands around the figures, on paper and in the workbook."""
    unit, today = user.unit, timezone.localdate()
    layout, oversees = found.layout, may_oversee(user)
    above = department(today)
    receiver = layout.receiver if oversees else above.name if above else ""
    whole = unit.superior if unit and oversees and layout.signed_by else None
    signing = whole or unit
    return {
        "figures": found,
        "title": layout.title.upper(),
        "number": f"Biểu số: {found.form.number}" if found.form else "",
        "circular": f"Ban hành theo {found.form.circular}" if found.form and found.form.circular else "",
        "due": f"Ngày nhận báo cáo: {layout.due}" if layout.due else "",
        "reporter": f"Đơn vị báo cáo: {whole.name if whole else _reporter(user)}",
        "receiver": f"Đơn vị nhận báo cáo: {receiver}" if layout.receiver else "",
        "unit": f"Đơn vị tính: {layout.unit}" if layout.unit else "",
        "day": f"{unit.place if unit else ''}, {full_day(today)}".lstrip(", "),
        "preparer": user.full_name,
        "signed_by": layout.signed_by if whole else "Thủ trưởng đơn vị",
        "head": _head_of(signing, today) if signing else "",
    }


def _head_of(unit, day) -> str:
    heads = unit.terms.in_force(day).filter(capacity__in=[Capacity.OWN, Capacity.Q])
    head = heads.select_related("official").first()
    return head.official.name if head else ""


def _reporter(user) -> str:
    """Who reports; to the ministry a department says of which province it is."""
    unit = user.unit
    if not unit:
        return ""
    return f"{unit.name}, {unit.superior.name}" if may_oversee(user) and unit.superior else unit.name


def pdf(found: Filled, user) -> bytes:
    """The form on paper. Raises ``documents.typesetting.pdf.PackagesMissing``."""
    facts = facts_of(found, user)
    facts["circular"] = whole_references(facts["circular"])
    return to_pdf(render_to_string("documents/figures/printed.html", facts))
