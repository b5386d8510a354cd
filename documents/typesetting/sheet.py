"""A paper as one HTML page: its facts in the templates of ``templates/documents/paper/``, its words by ``body``."""

import re
from datetime import date

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from ..form import rules, tables
from ..form.letters import POINTS_A_MM, balanced, short_rule, width
from ..source import markdown, source, typed
from ..source.markdown import CITE
from ..source.names import body_name, continued
from ..source.paper import Paper, PaperRefused, all_text
from ..source.vietnamese import day_text, marked, month_text, number_text, roman
from .body import BodyWriter, Cites, whole_references

BLANK = mark_safe('<span class="blank"></span>')
# Room that a name or a subject leaves free on both sides of its block, mm: lines that nearly touch look crowded.
SIDE = 3
SUBJECT_SIDE = 15
# The part of the sheet that a signature takes; sheet.css says the same.
SIGNATURE = 0.56
MOTTO = "Độc lập - Tự do - Hạnh phúc"
# A word that may be wider than the narrowest block it can stand in, which is the issuing body's.
_ENDLESS = re.compile(r"\S{25}")
# The height of a line in single spacing, as a part of the size of its letters.
SINGLE = 1.15


def typeset(paper: Paper, types, cite=None, today=None) -> str:
    """The HTML of ``paper``. ``types``: {code: TypeFacts}. ``cite(reference, first)`` writes a citation or gives None.

    ``today`` judges a paper without a date, and gives it its year. Raises ``PaperRefused`` for faults of the paper
    and for citations that are not in the register.
    """
    cite = cite or (lambda reference, first: None)
    with markdown.kept():
        faults = source.check(paper, types, cite)
        if faults:
            raise PaperRefused(faults)
        context = _Sheet(paper, types, cite, today).context()
    return render_to_string("documents/typesetting/sheet.html", context)


def stylesheet(ruling) -> str:
    """The style sheet of a rule set, with its numbers."""
    return render_to_string("documents/typesetting/sheet.css", {"rules": ruling})


class _Sheet:
    """One paper under the rules of its date."""

    def __init__(self, paper, types, cite, today):
        self.paper, self.types, self.facts = paper, types, types[paper.type]
        self.today = today or date.today()
        self.rules = rules.in_force(paper.date.for_rules(self.today))
        self.cites = Cites(cite)
        self.number = number_text(paper.number) if paper.number else BLANK
        self.upright = self.rules.text_width * POINTS_A_MM
        self.on_its_side = self.rules.text_width_landscape * POINTS_A_MM

    def context(self) -> dict:
        """What the templates print."""
        paper, ruling, form = self.paper, self.rules, self.facts.form
        body = BodyWriter(paper.body, self.cites, ruling, self.upright, self.on_its_side)
        to = typed.addressees(paper.to)
        return {
            "paper": paper,
            "rules": ruling,
            "form": form,
            "page_title": f"{self.facts.name}: {paper.subject}",
            "number": self.number,
            "place_date": format_html('{}, <span class="whole">{}</span>', paper.place, self.date())
            if form != "minutes"
            else "",
            "superior": self.head_lines(paper.superior, bold=False),
            "issuer": self.ruled(self.head_lines(paper.issuer, bold=True), ruling.issuer.used),
            "type_name": self.facts.name.upper(),
            "subject": self.subject(),
            "authority": self.lines(paper.authority_line.upper(), ruling.body.used),
            "bases": [
                whole_references(basis) for basis in marked(self.cited(basis) for basis in typed.items(paper.bases))
            ],
            "resolves": self.resolves(),
            "motto": MOTTO,
            "motto_width": width(MOTTO, ruling.motto.used, bold=True),
            "is_endless": bool(_ENDLESS.search(all_text(paper))),
            "to": list(map(whole_references, marked(to))),
            "to_fits": len(self.lines(f"Kính gửi: {''.join(to)}.", ruling.to.used, side=5)) == 1,
            "colon": width("Kính gửi", ruling.to.used),
            "frame": next((frame for frame in ruling.urgency_frames if frame[0] == paper.urgency), None),
            "recipients": list(map(whole_references, self.recipients())),
            "is_tall": self.fills_a_page(),
            "posts": self.posts(paper.signature),
            "second_posts": self.posts(paper.second_signature),
            "contact": self.contact(),
            "body": body.html(closing=True, opening="opening" if form == "introduction" else ""),
            "side": body.side,
            "appendices": self.appendices(),
        }

    def cited(self, basis):
        """A legal basis with its citations written out; the bases come first, so they cite in full."""
        return CITE.sub(lambda found: self.cites.write(found[1]), basis)

    def date(self):
        """``ngày 05 tháng 01 năm 2020``, blanks for what is not known; an undated paper has this year's."""
        known = self.paper.date
        day = day_text(known.day) if known.day else BLANK
        month = month_text(known.month) if known.month else BLANK
        return format_html("ngày {} tháng {} năm {}", day, month, known.year or self.today.year)

    def head_lines(self, lines, *, bold):
        """Names in the left block; one that is too long breaks into even lines."""
        size, room = self.rules.issuer.used, (self.rules.head_left - SIDE) * POINTS_A_MM
        return [part for line in lines for part in balanced(line, size, room, bold=bold)]

    def lines(self, text, size, side=SUBJECT_SIDE):
        """A centred bold text in even lines."""
        return balanced(text, size, (self.rules.text_width - 2 * side) * POINTS_A_MM, bold=True)

    def ruled(self, lines, size):
        """Lines with the length of the rule below them."""
        return {"lines": lines, "rule": short_rule(lines, size, self.rules.short_rule)}

    def subject(self):
        """The subject with the words that its form puts before it; in lines, but for an official letter's."""
        subject, form = self.paper.subject, self.facts.form
        if form == "introduction":
            # Mẫu 1.8 prints none, only the rule: what it is about stands in the text behind "Về việc:".
            name = self.facts.name.upper()
            return {"lines": [], "rule": short_rule([name], self.rules.title.used, self.rules.short_rule)}
        if form == "letter":
            return whole_references(f"V/v {continued(typed.subject_alone(subject))}")
        # What issues another paper says so at once (Mẫu 1.3).
        issues = any(row.type for row in self.paper.appendices) and subject.lower().startswith(
            ("ban hành ", "phê duyệt ")
        )
        is_named = form == "decision" and self.facts.code != "NQ" and not (issues or subject.lower().startswith("về "))
        if is_named or typed.tells_about(subject):
            subject = f"Về việc {continued(typed.subject_alone(subject))}"
        return self.ruled(
            self.lines(subject[:1].upper() + subject[1:], self.rules.subject.used), self.rules.subject.used
        )

    def resolves(self) -> str:
        """The line between bases and articles (NĐ 30/2020, Phụ lục III, Mẫu 1.1 and 1.2)."""
        if self.facts.form != "decision":
            return ""
        return "QUYẾT NGHỊ:" if self.facts.code == "NQ" else "QUYẾT ĐỊNH:"

    def recipients(self) -> list[str]:
        """Nơi nhận with its marks; the archive line comes last."""
        return marked(typed.recipients(self.paper.recipients, self.paper.archive))

    def fills_a_page(self) -> bool:
        """Whether Nơi nhận is too long for one page under two lines of text, and has to go on on the next."""
        size, room = self.rules.recipients.used, self.rules.text_width * (1 - SIGNATURE) * POINTS_A_MM
        lines = sum(len(balanced(row, size, room)) for row in self.recipients())
        return lines * size * SINGLE > self.rules.text_height * POINTS_A_MM - 4 * self.rules.body.used

    def posts(self, signature) -> list[str]:
        """Capacity and post above a signature; one that is too long breaks into even lines."""
        size, room = self.rules.signature.used, self.rules.text_width * SIGNATURE * POINTS_A_MM
        lines = signature.capacity if signature else ()
        return [part for line in lines for part in balanced(line, size, room, bold=True)]

    def contact(self) -> list[str]:
        """The address at the foot of page 1, in even lines."""
        return balanced(self.paper.contact, self.rules.contact.used, self.rules.text_width * POINTS_A_MM * 0.98)

    def appendices(self):
        """Each appendix, and each paper that is issued with this one, with the page style that numbers its pages."""
        labels = iter(self.labels())
        return [
            self.issued(row, number) if row.type else self.labelled(row, number, next(labels))
            for number, row in enumerate(self.paper.appendices, start=1)
        ]

    def labels(self):
        """``Phụ lục``, or ``Phụ lục I`` and so on where there are several."""
        count = sum(not row.type for row in self.paper.appendices)
        return [f"Phụ lục {roman(number)}" for number in range(1, count + 1)] if count > 1 else ["Phụ lục"]

    def labelled(self, row, number, label):
        """Text behind a paper, under its label (Phụ lục III, Mẫu 2.1)."""
        title = self.lines(row.title.upper(), self.rules.appendix_title.used, side=10)
        return {"label": label, "title": title, **self.behind(row, number)}

    def issued(self, row, number):
        """What a decision issues, under a heading of its own (Phụ lục III, Mẫu 1.3)."""
        name, title = self.types[row.type].name, row.title.strip()
        begins = title.lower().startswith(f"{name.lower()} ")
        title = title[len(name) :].strip() if begins else title
        lines = self.lines(title[:1].upper() + title[1:], self.rules.subject.used)
        subject = self.ruled(lines, self.rules.subject.used)
        return {"type_name": name.upper(), "subject": subject, **self.behind(row, number, closing=True)}

    def behind(self, row, number, *, closing=False):
        """What every text behind a paper has: whose it is, its words, and the name of its pages, which number themselves."""
        issuer = f"của {body_name(' '.join(self.paper.issuer))})"
        # The name of the body stands on one line, where one line holds it.
        fits = width(issuer, self.rules.body.used) < self.rules.text_width * POINTS_A_MM
        attached = format_html(
            '(Kèm theo {} số <span class="whole">{}/{}</span> {} <span{}>{}</span>',
            self.facts.name,
            self.number,
            self.paper.symbol,
            self.date(),
            mark_safe(' class="whole"') if fits else "",
            issuer,
        )
        side = self.side(row)
        # Two names in turn: a run of pages of one name counts as one appendix.
        page = f"{side}-{'ab'[number % 2]}"
        return {"attached": attached, "page": page, "body": self.appendix(row, side).html(closing=closing)}

    def side(self, appendix) -> str:
        """How the sheets of an appendix lie: on their side where one of its tables fits no upright one."""
        rows = tables.tables_of(markdown.parse(appendix.body))
        upright = all(tables.columns(cells, self.upright, self.rules.table).fits for cells in rows)
        return appendix.orientation if upright else "landscape"

    def appendix(self, appendix, side):
        """What writes the words of an appendix."""
        room = self.on_its_side if side == "landscape" else self.upright
        return BodyWriter(appendix.body, self.cites, self.rules, room, behind=True)
