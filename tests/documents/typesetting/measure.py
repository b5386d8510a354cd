"""A ruler for finished papers: what in a PDF is not in the form that the law asks.

Holds a PDF against the facts it was made from. Numbers come from ``documents.form.rules``; nothing else of the
typesetter is used, and the words of a body are read here again, by simpler means. Each finding begins with a code.
"""

from ..pages import MM, bare
from .measure_body import Body
from .measure_end import Ending
from .measure_first import FirstPage
from .measure_tools import NEAR, read_body

BLACK = ((0.0, 0.0, 0.0), (0.0,), (0,))
RED = (1.0, 0.0, 0.0)


class Measure(FirstPage, Body, Ending):
    """One PDF, one paper, its findings."""

    def all(self) -> list[str]:
        """Everything that is not as it must be."""
        self.sheets()
        self.header()
        self.names()
        self.title()
        self.addressees()
        self.bases()
        self.words()
        self.ending()
        self.page_numbers()
        self.stamps()
        self.contact()
        self.appendices()
        self.overlaps()
        return self.findings

    def sheets(self):
        """Size, margins, font and colour of each."""
        for page in self.pdf.pages:
            sides = sorted((page.width, page.height))
            fits = all(abs(side - law * MM) < NEAR for side, law in zip(sides, self.rules.paper, strict=True))
            self.say("paper-size", fits, f"{page.width:.0f} x {page.height:.0f} pt")
            turned = page.width > page.height
            self.say("paper-turn", not turned or page.number > self.last_page, f"page {page.number} lies on its side")
            self.margins(page)
            self.say("font", all("Tinos" in char["fontname"] for char in page.chars), f"page {page.number}")
            red = bare(self.paper.urgency) if page.number == 1 else ""
            coloured = "".join(c["text"] for c in page.chars if c["non_stroking_color"] not in BLACK)
            self.say("colour", bare(coloured) == red, f"not black: {coloured[:40]}")

    def margins(self, page):
        """Nothing but the page number, the frame of circulation and the address stands in a margin."""
        rules, running = self.rules, [*page.running, *page.notes]
        known = len(running) + sum(len(line.chars) for line in page.lines if self.is_page_number(line, page))
        if page.number == 1:
            known += len(self.paper.circulation) + len(self.paper.contact)
        self.say("margin", len(page.chars) <= known + 3, f"page {page.number}: {len(page.chars) - known} letters in it")
        at, inked = f"page {page.number}", [char for char in running if char["text"].strip()]
        left, right = min(char["x0"] for char in inked), max(char["x1"] for char in inked)
        top, bottom = min(char["top"] for char in inked), max(char["bottom"] for char in inked)
        self.say("margin-left", left >= rules.margin_left.low * MM - NEAR, f"{left / MM:.1f} mm, {at}")
        self.say("margin-right", right <= page.width - rules.margin_right.low * MM + NEAR, f"{right / MM:.1f} mm, {at}")
        fits = rules.margin_top.low * MM - NEAR <= top <= rules.margin_top.high * MM + NEAR
        self.say("margin-top", fits, f"{top / MM:.1f} mm, {at}")
        self.say(
            "margin-bottom", bottom <= page.height - rules.margin_bottom.low * MM + NEAR, f"{bottom / MM:.1f} mm, {at}"
        )

    def page_numbers(self):
        """On every page but the first, and the first of an appendix: where the rule set says, counted from there."""
        number, starts = 0, {1, *self.appendix_pages()}
        for page in self.pdf.pages:
            number = 1 if page.number in starts else number + 1
            printed = [line for line in page.lines if self.is_page_number(line, page)]
            wanted = [] if number == 1 else [str(number)]
            got = [line.text.strip() for line in printed]
            self.say("page-number", got == wanted, f"page {page.number}: {got}, not {wanted}")
            for line in printed:
                self.page_number(line, page)

    def page_number(self, line, page):
        """Size, style and place of one."""
        size = self.rules.page_number
        self.say("page-number-size", size.low <= line.size <= size.high and line.styles == {"regular"}, f"{line.size}")
        left, right = self.edges(upright=page.width < page.height)
        if self.rules.page_number_place == "top-center":
            fits = line.baseline < 20 * MM and abs(line.centre - (left + right) / 2) < 2
        else:
            fits = line.baseline > page.height - 20 * MM and abs(line.x1 - right) < 2
        self.say("page-number-place", fits, f"{line.centre:.0f}, {line.baseline:.0f}")

    def stamps(self):
        """The frames of urgency and of circulation."""
        frames = {name: (width, height) for name, width, height in self.rules.urgency_frames}
        found = self.seek("urgency", self.paper.urgency) if self.paper.urgency else None
        if found:
            self.dressed("urgency", found, self.rules.stamp, "bold")
            self.say("urgency-colour", {char["non_stroking_color"] for char in found.chars} == {RED}, "not bright red")
            sizes = [(box["x1"] - box["x0"], box["bottom"] - box["top"]) for box in self.first.around(found.lines[0])]
            wanted = [side * MM for side in frames[self.paper.urgency]]
            fits = any(all(abs(a - b) < 0.5 for a, b in zip(size, wanted, strict=True)) for size in sizes)
            self.say("urgency-frame", fits, f"{sizes}")
        found = self.pdf.whole.find(self.paper.circulation) if self.paper.circulation else None
        self.say("circulation", found or not self.paper.circulation, "not found")
        if found:
            self.dressed("circulation", found, self.rules.stamp, "bold")
            self.say("circulation-frame", self.first.around(found.lines[0]), "no frame around")
            self.say("circulation-place", found.lines[0].x0 > self.middle, "not on the right")

    def contact(self):
        """The address at the foot of page 1, below a rule from edge to edge."""
        if not self.paper.contact:
            return
        found = self.pdf.whole.find(self.paper.contact)
        self.say("contact", found and found.pages == [1], "not whole on page 1")
        if not found:
            return
        self.dressed("contact", found, self.rules.contact, "regular")
        first, last = found.lines[0], found.lines[-1]
        full = [r for r in self.first.rules if abs(r[0] - self.left) < NEAR and abs(r[1] - self.right) < NEAR]
        self.say("contact-rule", any(0 < first.baseline - rule[2] < 20 for rule in full), "no full rule above it")
        low, high = ((self.rules.paper[1] - side) * MM for side in (25, 20))
        self.say("contact-foot", low < last.baseline < high, f"{last.baseline / MM:.0f} mm")

    def appendices(self):
        pages = self.appendix_pages()
        ends = [page - 1 for page in [*pages, self.pdf.pages[-1].number + 1][1:]]
        for label, row, start, end in zip(self.labels(), self.paper.appendices, pages, ends, strict=True):
            self.say("appendix", start, f"not found: {row.title}")
            if start:
                self.appendix(label, row, self.pdf.pages[start - 1 : end])

    def appendix(self, label, row, pages):
        """One appendix on its own pages."""
        page, rules = pages[0], self.rules
        upright = row.orientation == "portrait"
        self.say("appendix-turn", all((p.width < p.height) == upright for p in pages), row.orientation)
        left, right = self.edges(upright=upright)
        self.say("appendix-page", bare(page.lines[0].text) == bare(label), "does not start its page")
        heading = self.find(label + row.title.upper())
        mark, title = self.find(label), self.seek("appendix-title", row.title.upper(), self.find(label))
        mark = mark if mark.pages == [page.number] else heading
        self.dressed("appendix-label", mark, rules.appendix_label, "bold")
        self.dressed("appendix-title", title, rules.appendix_title, "bold")
        self.centred("appendix-centre", heading, (left + right) / 2)
        attached = self.seek("appendix-attached", f"(Kèm theo {self.facts.name} số", heading)
        if attached:
            self.dressed("appendix-attached", attached, rules.body, "italic")
            self.text(read_body(row.body), (left, right), pages, attached)

    def overlaps(self):
        """No line crosses another; the notes stand below the text."""
        for page in self.pdf.pages:
            rows = [(ln.x0, ln.x1, ln.baseline - 0.6 * ln.size, ln.baseline, ln.text[:30]) for ln in page.lines]
            rows.sort(key=lambda row: row[2])
            for index, above in enumerate(rows):
                for below in rows[index + 1 :]:
                    if below[2] >= above[3] - 0.5:
                        break
                    crossed = min(above[1], below[1]) - max(above[0], below[0])
                    self.say("overlap", crossed < 0.5, f"page {page.number}: {above[4]} / {below[4]}")
            lowest = max((char["baseline"] for char in page.running), default=0)
            self.say(
                "overlap",
                not page.note_rule or lowest < page.note_rule[2],
                f"page {page.number}: text below the note rule",
            )


def findings(data, paper, facts, today) -> list[str]:
    """What in the PDF ``data`` is not as the law asks of ``paper``."""
    return Measure(data, paper, facts, today).all()
