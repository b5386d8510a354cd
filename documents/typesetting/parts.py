"""A paper as the parts of its form, each in the lines that are printed: what HTML (``sheet``) and Word (``documents.word``) are
both written from. Words are plain here; ``BLANK`` stands where room is left to write by hand.
"""

import re
from dataclasses import dataclass
from datetime import date

from ..form import rules
from ..form.letters import POINTS_A_MM, balanced, short_rule, width
from ..form.pieces import Piece
from ..source import markdown, source, typed
from ..source.markdown import CITE
from ..source.names import body_name, continued
from ..source.paper import Appendix, Paper, PaperRefused, Signature, TypeFacts, all_text
from ..source.tables import tables_of
from ..source.vietnamese import day_text, marked, month_text, number_text, roman
from .blocks import Body, Cites

# A sign that no text holds.
BLANK = "\ue001"
# Room that a name or a subject leaves free on both sides of its block, mm: lines that nearly touch look crowded.
SIDE = 3
SUBJECT_SIDE = 15
# The part of the sheet that a signature takes; sheet.css says the same.
SIGNATURE = 0.56
COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
# A word that may be wider than the narrowest block it can stand in, which is the issuing body's.
_ENDLESS = re.compile(r"\S{25}")
# The height of a line in single spacing, as a part of the size of its letters.
SINGLE = 1.15


@dataclass(frozen=True)
class Ruled:
    """Lines with a rule below them, whose length is in points."""

    lines: list[str]
    rule: float


@dataclass(frozen=True)
class Behind:
    """A text behind a paper: an appendix under its ``label``, or (``type_name``) a paper that is issued with it."""

    attached: list[Piece]
    # How its sheets lie: ``portrait`` or ``landscape``.
    side: str
    body: Body
    label: str = ""
    type_name: str = ""
    # Of an appendix without a rule.
    title: Ruled | None = None


@dataclass(frozen=True)
class Parts:
    """What is printed of a paper, from the top of page 1 on. Lists are printed lines unless said otherwise."""

    paper: Paper
    rules: rules.RuleSet
    # The family of forms (``TypeFacts.form``) and the name of the type in capitals.
    form: str
    type_name: str
    page_title: str
    superior: list[str]
    issuer: Ruled
    motto_width: float
    number: str
    place_date: list[Piece]
    # (name, width, height in mm) of the frame of urgency.
    frame: tuple | None
    # What an official letter is about, which breaks by itself; the subject of all others.
    about: str
    subject: Ruled | None
    authority: list[str]
    # Items with their marks; ``to_fits``: whether the only one stands on one line behind "Kính gửi:", ``colon`` points in.
    to: list[str]
    to_fits: bool
    colon: float
    bases: list[str]
    resolves: str
    body: Body
    posts: list[str]
    second_posts: list[str]
    # Items with their marks; ``is_tall``: they fill a page.
    recipients: list[str]
    is_tall: bool
    contact: list[str]
    appendices: list[Behind]
    # Whether some word may be wider than the block it stands in.
    is_endless: bool


def parts_of(paper: Paper, types, cite=None, today=None) -> Parts:
    """The parts of ``paper``. ``types``: {code: TypeFacts}. ``cite(reference, first)`` writes a citation or gives None.

    ``today`` judges a paper without a date, and gives it its year. Raises ``PaperRefused`` for faults of the paper
    and for citations that are not in the register.
    """
    cite = cite or (lambda reference, first: None)
    with markdown.kept():
        faults = source.check(paper, types, cite)
        if faults:
            raise PaperRefused(faults)
        return _Sheet(paper, types, cite, today).parts()


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

    def parts(self) -> Parts:
        """All of it; the bases come first, so they cite in full."""
        paper, ruling, form = self.paper, self.rules, self.facts.form
        to = typed.addressees(paper.to)
        is_letter = form == "letter"
        return Parts(
            paper=paper,
            rules=ruling,
            form=form,
            type_name=self.facts.name.upper(),
            page_title=f"{self.facts.name}: {paper.subject}",
            superior=self.head_lines(paper.superior, bold=False),
            issuer=self.ruled(self.head_lines(paper.issuer, bold=True), ruling.issuer.used),
            motto_width=width(MOTTO, ruling.motto.used, bold=True),
            number=self.number,
            place_date=[] if form == "minutes" else [Piece(f"{paper.place}, "), Piece(self.date(), whole=True)],
            frame=next((frame for frame in ruling.urgency_frames if frame[0] == paper.urgency), None),
            about=f"V/v {continued(typed.subject_alone(paper.subject))}" if is_letter else "",
            subject=None if is_letter else self.subject(),
            authority=self.lines(paper.authority_line.upper(), ruling.body.used),
            to=marked(to),
            to_fits=len(self.lines(f"Kính gửi: {''.join(to)}.", ruling.to.used, side=5)) == 1,
            colon=width("Kính gửi", ruling.to.used),
            bases=marked(self.cited(basis) for basis in typed.items(paper.bases)),
            resolves=self.resolves(),
            body=Body(paper.body, self.cites, ruling, self.upright, self.on_its_side).read(
                closing=True, opening="opening" if form == "introduction" else ""
            ),
            posts=self.posts(paper.signature),
            second_posts=self.posts(paper.second_signature),
            recipients=self.recipients(),
            is_tall=self.fills_a_page(),
            contact=self.contact(),
            appendices=self.appendices(),
            is_endless=bool(_ENDLESS.search(all_text(paper))),
        )

    def cited(self, basis):
        """A legal basis with its citations written out."""
        return CITE.sub(lambda found: self.cites.write(found[1]), basis)

    def date(self) -> str:
        """``ngày 05 tháng 01 năm 2020``, blanks for what is not known; an undated paper has this year's."""
        known = self.paper.date
        day = day_text(known.day) if known.day else BLANK
        month = month_text(known.month) if known.month else BLANK
        return f"ngày {day} tháng {month} năm {known.year or self.today.year}"

    def head_lines(self, lines, *, bold):
        """Names in the left block; one that is too long breaks into even lines."""
        size, room = self.rules.issuer.used, (self.rules.head_left - SIDE) * POINTS_A_MM
        return [part for line in lines for part in balanced(line, size, room, bold=bold)]

    def lines(self, text, size, side=SUBJECT_SIDE):
        """A centred bold text in even lines."""
        return balanced(text, size, (self.rules.text_width - 2 * side) * POINTS_A_MM, bold=True)

    def ruled(self, lines, size) -> Ruled:
        """Lines with the length of the rule below them."""
        return Ruled(lines, short_rule(lines, size, self.rules.short_rule))

    def subject(self) -> Ruled:
        """The subject with the words that its form puts before it."""
        subject, form = self.paper.subject, self.facts.form
        if form == "introduction":
            # Mẫu 1.8 prints none, only the rule: what it is about stands in the text behind "Về việc:".
            name = self.facts.name.upper()
            return Ruled([], short_rule([name], self.rules.title.used, self.rules.short_rule))
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

    def posts(self, signature: Signature | None) -> list[str]:
        """Capacity and post above a signature; one that is too long breaks into even lines."""
        size, room = self.rules.signature.used, self.rules.text_width * SIGNATURE * POINTS_A_MM
        lines = signature.capacity if signature else ()
        return [part for line in lines for part in balanced(line, size, room, bold=True)]

    def contact(self) -> list[str]:
        """The address at the foot of page 1, in even lines."""
        return balanced(self.paper.contact, self.rules.contact.used, self.rules.text_width * POINTS_A_MM * 0.98)

    def appendices(self) -> list[Behind]:
        """Each appendix, and each paper that is issued with this one."""
        labels = iter(self.labels())
        return [
            self.issued(row, self.types[row.type]) if row.type else self.labelled(row, next(labels))
            for row in self.paper.appendices
        ]

    def labels(self) -> list[str]:
        """``Phụ lục``, or ``Phụ lục I`` and so on where there are several."""
        count = sum(not row.type for row in self.paper.appendices)
        return [f"Phụ lục {roman(number)}" for number in range(1, count + 1)] if count > 1 else ["Phụ lục"]

    def labelled(self, row: Appendix, label) -> Behind:
        """Text behind a paper, under its label (Phụ lục III, Mẫu 2.1)."""
        title = self.lines(row.title.upper(), self.rules.appendix_title.used, side=10)
        return self.behind(row, closing=False, label=label, title=Ruled(title, 0))

    def issued(self, row: Appendix, facts: TypeFacts) -> Behind:
        """What a decision issues, under a heading of its own (Phụ lục III, Mẫu 1.3)."""
        name, title = facts.name, row.title.strip()
        begins = title.lower().startswith(f"{name.lower()} ")
        title = title[len(name) :].strip() if begins else title
        lines = self.lines(title[:1].upper() + title[1:], self.rules.subject.used)
        title = self.ruled(lines, self.rules.subject.used)
        return self.behind(row, closing=True, type_name=name.upper(), title=title)

    def behind(self, row: Appendix, *, closing, **heading) -> Behind:
        """What every text behind a paper has: whose it is, its words, how its sheets lie."""
        issuer = f"của {body_name(' '.join(self.paper.issuer))})"
        # The name of the body stands on one line, where one line holds it.
        fits = width(issuer, self.rules.body.used) < self.rules.text_width * POINTS_A_MM
        attached = [
            Piece(f"(Kèm theo {self.facts.name} số "),
            Piece(f"{self.number}/{self.paper.symbol}", whole=True),
            Piece(f" {self.date()} "),
            Piece(issuer, whole=fits),
        ]
        side = self.side(row)
        room = self.on_its_side if side == "landscape" else self.upright
        body = Body(row.body, self.cites, self.rules, room, behind=True).read(closing=closing)
        return Behind(attached, side, body, **heading)

    def side(self, appendix) -> str:
        """How the sheets of an appendix lie: on their side where one of its tables fits no upright one."""
        found = tables_of(markdown.parse(appendix.body), appendix.body)
        upright = all(table.columns(self.upright, self.rules.table).fits for table in found)
        return appendix.orientation if upright else "landscape"
