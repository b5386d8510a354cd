"""What stands on a certificate: the words of each field, from the award, its recipient, its decision."""

from documents.source import authority
from documents.source.vietnamese import without_mark
from units.text import one_line

from ..catalogue.book import catalogue
from ..catalogue.models import AwardType, Whom
from ..recipients.models import Gender
from .models import LayoutField

Prints = LayoutField.Prints
_QUOTES = {ord(mark): None for mark in '“”"«»'}
_SHORT = {AwardType.Form.CERTIFICATE: "Bằng khen", AwardType.Form.LETTER: "Giấy khen"}
_GENDERS = {Gender.MALE: "Ông", Gender.FEMALE: "Bà"}
# What a certificate is worth nothing without.
NEEDED = {Prints.NAME: "tên"}
# What a certificate usually has; where it is missing a person should look.
EXPECTED = {
    Prints.ADDRESS: "cách xưng (giới tính)",
    Prints.DEED: "thành tích",
    Prints.POST: "chức vụ, đơn vị",
    Prints.SIGNER_TITLE: "chức vụ người ký",
    Prints.SIGNER: "họ tên người ký",
    Prints.PLACE_DATE: "địa danh",
}


def told_by(decision) -> dict[str, str]:
    """{what is printed: its words} of a decision, the same on all its certificates. Reads ``paper`` and ``unit``."""
    unit, day, paper = decision.unit, decision.day, decision.paper
    term = authority.decider(unit.terms.in_force(day).select_related("official")) if unit else None
    title, signer, decider = _signed(decision, paper, unit, term)
    place = unit.place if unit else ""
    return {
        Prints.ISSUER: (" ".join(unit.issuer_lines) if unit else decision.issuer).upper(),
        Prints.DECIDER: decider.upper(),
        Prints.DECISION: f"Quyết định số {decision.number} ngày {day:%d/%m/%Y}",
        Prints.PLACE_DATE: f"{place}, ngày {day:%d} tháng {_month(day)} năm {day.year}" if place else "",
        Prints.SIGNER_TITLE: title.upper(),
        Prints.SIGNER: signer,
    }


def _month(day) -> str:
    """January and February with a nought, as papers have them."""
    return f"{day.month:02d}" if day.month < 3 else str(day.month)


def _signed(decision, paper, unit, term):
    """(post, name) of who signed, and whose decision it is."""
    body = " ".join(unit.issuer_lines) if unit else decision.issuer
    decider = authority.with_body(authority.head_of(unit, term), body) if unit else decision.office.name
    if paper and paper.signer_name:
        return paper.capacity, paper.signer_name, decider
    if not term:
        return authority.head_of(unit) if unit else "", "", decider
    return "\n".join(term.lines), term.official.name, decider


def words_of(award, of_decision) -> dict[str, str]:
    """{what is printed: its words} of an award; ``of_decision`` as ``told_by`` gives it. Reads ``type`` and ``recipient``."""
    name = _SHORT.get(award.type.form) or catalogue().name_on(award.type.code, award.decided_on).translate(_QUOTES)
    years = (
        f"{award.first_year} - {award.year}" if award.first_year and award.first_year != award.year else str(award.year)
    )
    deed = without_mark(one_line(award.deed))
    return of_decision | {
        Prints.AWARD: name.upper(),
        Prints.ADDRESS: _address(award),
        Prints.NAME: one_line(award.name),
        Prints.POST: one_line(award.post) or _place(award),
        Prints.DEED: f"{deed[:1].upper()}{deed[1:]}",
        Prints.YEAR: f"Năm {years}",
        Prints.GOLDEN: f"Số sổ vàng: {award.position}",
    }


def _address(award) -> str:
    """How a certificate speaks of whom it is given to; nothing where the name says it, or nobody knows."""
    if award.whom == Whom.COLLECTIVE:
        return "" if award.name.lower().startswith("tập thể") else "Tập thể"
    if award.whom == Whom.HOUSEHOLD:
        return "" if award.name.lower().startswith("hộ ") else "Hộ gia đình"
    return _GENDERS.get(award.recipient.gender, "")


def _place(award) -> str:
    if award.whom == Whom.HOUSEHOLD and award.recipient.address:
        return award.recipient.address
    return award.unit.name if award.unit and award.unit.name != award.name else ""


def initials(name: str) -> str:
    """``N. V. A.``: a name of which nobody knows whose it is."""
    return " ".join(f"{word[0].upper()}." for word in name.split() if word[0].isalpha())
