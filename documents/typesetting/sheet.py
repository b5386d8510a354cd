"""A paper as one HTML page: its facts in the templates of ``templates/documents/paper/``, its words by ``body``."""

from datetime import date

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from documents.paper import Paper
from documents.vietnamese import day_text, lower_first, marked, month_text, number_text, roman, without_mark

from . import rules
from .body import Cites, body_html, refuse_unknown

BLANK = mark_safe('<span class="blank"></span>')


def typeset(paper: Paper, types, cite=None, today=None) -> str:
    """The HTML of ``paper``. ``types``: {code: TypeFacts}. ``cite(reference, first)`` writes a citation or gives None.

    ``today`` judges a paper without a date. Raises ``PaperRefused`` for faults of the paper and for citations that are not in the
    register.
    """
    from documents.paper import PaperRefused
    from documents.source import check

    faults = check(paper, types)
    if faults:
        raise PaperRefused(faults)
    today = today or date.today()
    ruling = rules.in_force(paper.date.for_rules(today))
    facts = types[paper.type]
    cites = Cites(cite)
    context = {
        "paper": paper,
        "rules": ruling,
        "form": facts.form,
        "type_name": facts.name.upper(),
        "page_title": f"{facts.name}: {paper.subject}",
        "number": number_text(paper.number) if paper.number else BLANK,
        "place_date": _place_date(paper, today),
        "subject": _subject(paper, facts),
        "bases": _bases(paper),
        "resolves": _resolves(facts),
        "to": marked(paper.to),
        "frame": next((frame for frame in ruling.urgency_frames if frame[0] == paper.urgency), None),
        "recipients": _recipients(paper),
        "body": body_html(paper.body, cites),
        "appendices": _appendices(paper, facts, cites, today),
        "style": _dated_style(paper, ruling),
    }
    refuse_unknown(cites)
    return render_to_string("documents/paper/sheet.html", context)


def _date(known, today):
    """``ngày 05 tháng 01 năm 2020`` with blanks for what is not known yet; the year of an undated paper is today's."""
    day = day_text(known.day) if known.day else BLANK
    month = month_text(known.month) if known.month else BLANK
    return format_html("ngày {} tháng {} năm {}", day, month, known.year or today.year)


def _place_date(paper, today):
    return format_html("{}, {}", paper.place, _date(paper.date, today)) if paper.place else ""


def _subject(paper, facts) -> str:
    """The subject with the words that its form puts before it."""
    subject = paper.subject
    low = subject.lower()
    if facts.form == "letter":
        return subject if low.startswith("v/v") else f"V/v {lower_first(subject)}"
    if facts.form == "decision" and not low.startswith("về việc"):
        return f"Về việc {lower_first(subject)}"
    return subject[:1].upper() + subject[1:]


def _bases(paper) -> list[str]:
    """Each basis with its mark; the word "Căn cứ" is the writer's, because a proposal begins otherwise."""
    return marked(paper.bases)


def _resolves(facts) -> str:
    """The line between bases and articles."""
    if facts.form != "decision":
        return ""
    return "QUYẾT NGHỊ:" if facts.code == "NQ" else "QUYẾT ĐỊNH:"


def _recipients(paper) -> list[str]:
    """Nơi nhận with its marks; the archive line comes last."""
    rows = [f"{without_mark(row)};" for row in paper.recipients]
    if paper.archive:
        archive = without_mark(paper.archive)
        rows.append(f"{archive if archive.lower().startswith('lưu') else f'Lưu: {archive}'}.")
    elif rows:
        rows[-1] = f"{rows[-1][:-1]}."
    return rows


def _appendices(paper, facts, cites, today):
    """Each appendix with its label, its words and the page style of its own numbering."""
    several = len(paper.appendices) > 1
    attached = _attached(paper, facts, today)
    return [
        {
            "label": f"Phụ lục {roman(number)}" if several else "Phụ lục",
            "title": row.title,
            "attached": attached,
            "body": body_html(row.body, cites, name=f"appendices.{number - 1}.body", closing=False),
            "page": f"appendix{number}",
        }
        for number, row in enumerate(paper.appendices, start=1)
    ]


def _attached(paper, facts, today):
    """``(Kèm theo Thông báo số 109/TB-UBND ngày 25 tháng 02 năm 2020 của …)``, with blanks while there is no number."""
    number = number_text(paper.number) if paper.number else BLANK
    issuer = " ".join(paper.issuer)
    return format_html(
        "(Kèm theo {} số {}/{} {} của {})",
        facts.name,
        number,
        paper.symbol,
        _date(paper.date, today),
        _in_words(issuer),
    )


def _in_words(issuer) -> str:
    """The issuer's name out of capitals: ``Ủy ban nhân dân tỉnh Lạng Sơn`` (NĐ 30/2020, Phụ lục II)."""
    lower = issuer.lower()
    for unit in ("tỉnh ", "huyện ", "thành phố ", "xã ", "phường ", "thị trấn "):
        head, found, name = lower.partition(unit)
        if found:
            return f"{head[:1].upper()}{head[1:]}{unit}{name.title()}".strip()
    first, _, rest = lower.partition(" ")
    return f"{first.capitalize()} {rest[:1].upper()}{rest[1:]}"


def _dated_style(paper, ruling):
    """The few rules of style that depend on the rule set or on the paper: page numbers, and the foot of page 1.

    Holds numbers and fixed words only, never the paper's text.
    """
    place = f"@{ruling.page_number_place}"
    number = f"{place} {{ content: counter(page); font-size: {ruling.page_number.used}pt }}"
    unnumbered = f"{place} {{ content: none }}"
    foot = "margin-bottom: 32mm;" if paper.contact else ""
    style = [f"@page {{ {number} }}", f"@page :first {{ {unnumbered} {foot} }}"]
    for index, row in enumerate(paper.appendices, start=1):
        name = f"appendix{index}"
        if row.orientation == "landscape":
            style.append(f"@page {name} {{ size: A4 landscape; margin: 30mm 20mm 15mm 20mm }}")
        style.append(f"@page :nth(1 of {name}) {{ {unnumbered} counter-reset: page 1; }}")
        style.append(f".{name} {{ page: {name} }}")
    if not ruling.bases_italic:
        style.append(".bases p { font-style: normal }")
    return mark_safe("\n".join(style))  # noqa: S308
