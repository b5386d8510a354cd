"""A ruler for finished papers: what in a PDF is not in the form that the law asks.

Holds a PDF against the facts it was made from. Numbers come from ``documents.typesetting.rules``; nothing else of the
typesetter is used, and the words of a body are read here again, by simpler means. Each finding begins with a code.
"""

import re
from dataclasses import dataclass, field

from documents.typesetting import rules as law

from .pages import MM, Pdf, bare, style

NEAR = 1.0  # points: a third of a millimetre
MARK = re.compile(r"\[\^([^\]]+)\]")
RAISED = {ord(figure): raised for figure, raised in zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True)}


@dataclass
class Paragraph:
    """One block of a body as it must be printed."""

    kind: str  # text, section, clause, article, part or table
    words: str
    notes: list = field(default_factory=list)  # (mark, words) in order
    rows: list = field(default_factory=list)


def read_body(text) -> list[Paragraph]:
    """The blocks of a body."""
    definitions = dict(re.findall(r"^\[\^([^\]]+)\]: (.+)$", text, re.M))
    blocks, count = [], 0
    for block in re.split(r"\n\s*\n", re.sub(r"^\[\^[^\]]+\]: .+$", "", text, flags=re.M)):
        block = block.strip()
        if not block:
            continue
        if block.startswith("|"):
            notes = []
            block, count = numbered(block, definitions, notes, count)
            rows = [[plain(cell) for cell in row.strip().strip("|").split("|")] for row in block.split("\n")]
            blocks.append(Paragraph("table", "", notes, [rows[0], *rows[2:]]))
            continue
        kind = {"#": "section", "##": "clause", "###": "article"}.get(block.split(" ")[0], "text")
        words = block.split(" ", 1)[1] if kind != "text" else block
        notes = []
        words, count = numbered(words, definitions, notes, count)
        after_part = blocks and blocks[-1].kind == "part" and not blocks[-1].words.isupper()
        if kind == "section" and (re.match(r"(Phần|Chương|Mục) ", words) or after_part):
            kind = "part"
        blocks.append(Paragraph(kind, plain(words), notes))
    return blocks


def numbered(text, definitions, notes, count):
    """``text`` with its notes' numbers raised, and how many there are by now; ``notes`` takes (mark, words)."""
    for label in MARK.findall(text):
        count += 1
        notes.append((str(count).translate(RAISED), plain(definitions[label])))
        text = text.replace(f"[^{label}]", notes[-1][0], 1)
    return text, count


def plain(text) -> str:
    """Without marks of emphasis."""
    return " ".join(re.sub(r"\*+", "", text).split())


class Measure:
    """One PDF, one paper, its findings."""

    def __init__(self, data, paper, facts, today):
        self.pdf, self.paper, self.facts = Pdf(data), paper, facts
        self.rules = law.in_force(paper.date.for_rules(today))
        self.today = today
        self.findings = []
        self.body = read_body(paper.body)
        self.left = self.rules.margin_left.used * MM
        self.right = (self.rules.paper[0] - self.rules.margin_right.used) * MM
        self.middle = (self.left + self.right) / 2
        self.first = self.pdf.pages[0]
        self.last_page = self.pdf.pages[-1].number
        if paper.appendices:
            label = self.pdf.find(
                "Phụ lục" + (" I" if len(paper.appendices) > 1 else "") + paper.appendices[0].title.upper()
            )
            self.last_page = label.pages[0] - 1 if label else self.last_page

    def all(self) -> list[str]:
        """Everything that is not as it must be."""
        self.sheets()
        self.header()
        self.names()
        self.title()
        self.addressees()
        self.bases()
        self.words()
        self.notes()
        self.ending()
        self.page_numbers()
        self.stamps()
        self.contact()
        self.appendices()
        self.overlaps()
        return self.findings

    # --- tools

    def say(self, code, good, told=""):
        if not good:
            self.findings.append(f"{code}: {told}")

    def seek(self, code, text, after=None):
        """Where ``text`` stands; a finding if nowhere."""
        found = self.pdf.find(text, after)
        self.say(code, found, f"not found: {text[:60]}")
        return found

    def dressed(self, code, found, size, style):
        """Size within the law's range, and one style."""
        for line in found.lines:
            self.say(f"{code}-size", all(size.low - 0.01 <= s <= size.high + 0.01 for s in line.sizes), f"{line.sizes}")
            self.say(f"{code}-style", line.styles == {style}, f"{line.styles}: {line.text[:40]}")

    def centred(self, code, found, middle, near=2):
        for line in found.lines:
            self.say(code, abs(line.centre - middle) < near, f"{line.centre - middle:.1f} pt off: {line.text[:40]}")

    def ruled(self, code, found, low, high):
        """A rule below the last line, centred; its length as shares of the widest line."""
        line, widest = found.lines[-1], max(line.width for line in found.lines)
        rule = self.pdf.pages[line.page - 1].rule_below(line)
        self.say(f"{code}-rule", rule, "no rule below")
        if rule:
            share = (rule[1] - rule[0]) / widest
            self.say(f"{code}-rule", low - 0.02 <= share <= high + 0.02, f"{share:.2f} of the text")
            self.say(f"{code}-rule", abs((rule[0] + rule[1]) / 2 - line.centre) < 2, "not centred")

    # --- the sheet

    def sheets(self):
        width, height = (side * MM for side in self.rules.paper)
        for page in self.pdf.pages:
            upright = abs(page.width - width) < NEAR and abs(page.height - height) < NEAR
            sideways = abs(page.width - height) < NEAR and abs(page.height - width) < NEAR
            self.say(
                "paper-size", upright or (sideways and page.number > self.last_page), f"{page.width} x {page.height}"
            )
            self.margins(page)
            for char in page.chars:
                self.say("font", "Tinos" in char["fontname"], char["fontname"])
                red = char["non_stroking_color"] == (1.0, 0.0, 0.0)
                self.say("colour", red or char["non_stroking_color"] in ((0.0, 0.0, 0.0), (0.0,), (0,)), "not black")

    def margins(self, page):
        outside = {bare(self.paper.circulation), bare(self.paper.contact)}
        inside = [line for line in self.inside(page) if not any(bare(line.text) in text for text in outside if text)]
        if not inside:
            return
        rules, tolerance = self.rules, 1.5
        x0, x1 = min(line.x0 for line in inside), max(line.x1 for line in inside)
        top, bottom = min(line.chars[0]["top"] for line in inside), max(line.chars[0]["bottom"] for line in inside)
        at = f"page {page.number}"
        self.say("margin-left", x0 >= rules.margin_left.low * MM - tolerance, f"{x0 / MM:.1f} mm, {at}")
        self.say("margin-left", x0 <= rules.margin_left.high * MM + 40, f"{x0 / MM:.1f} mm, {at}")
        self.say("margin-right", x1 <= page.width - rules.margin_right.low * MM + tolerance, f"{x1 / MM:.1f} mm, {at}")
        self.say("margin-top", top >= rules.margin_top.low * MM - 4, f"{top / MM:.1f} mm, {at}")
        self.say("margin-top", top <= rules.margin_top.high * MM + 4, f"{top / MM:.1f} mm, {at}")
        self.say(
            "margin-bottom", bottom <= page.height - rules.margin_bottom.low * MM + 4, f"{bottom / MM:.1f} mm, {at}"
        )

    def inside(self, page):
        """The lines of a page but for its number."""
        return [line for line in page.lines if not self.is_page_number(line, page)]

    @staticmethod
    def is_page_number(line, page):
        return line.text.strip().isdigit() and not 20 * MM < line.baseline < page.height - 20 * MM

    def header(self):
        country = self.seek("country", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        motto = self.seek("motto", "Độc lập - Tự do - Hạnh phúc")
        if not (country and motto):
            return
        self.dressed("country", country, self.rules.country, "bold")
        self.dressed("motto", motto, self.rules.motto, "bold")
        self.say("country", len(country.lines) == 1 and country.lines[0].page == 1, "not on one line of page 1")
        self.say("country", country.lines[0].x0 > self.middle - 60, "not on the right")
        self.centred("motto-centre", motto, country.lines[0].centre)
        self.ruled("motto", motto, 0.98, 1.02)
        self.number_and_date(motto.lines[0].centre)

    def number_and_date(self, right_centre):
        paper = self.paper
        number = self.seek("number", f"Số: {f'{paper.number:02d}' if paper.number else ''}/{paper.symbol}")
        if not number:
            return
        self.dressed("number", number, self.rules.number, "regular")
        row = number.lines[0]
        if self.facts.form == "minutes":
            beside = [x for x in self.first.lines if abs(x.baseline - row.baseline) < 1 and x.x0 > self.middle]
            self.say("date", not beside, "minutes carry no date")
        else:
            date = self.seek("date", f"{paper.place}, {self.date()}")
            if date:
                self.dressed("date", date, self.rules.place_date, "italic")
                x0, x1 = date.lines[0].x0, date.lines[-1].x1
                self.say("date-line", abs(date.lines[0].baseline - row.baseline) < NEAR, "not on the number's line")
                self.say("date-centre", abs((x0 + x1) / 2 - right_centre) < 2, "not under the motto")
        if self.facts.form == "letter":
            self.letter_subject(row.baseline, (number.lines[0].x0 + number.lines[-1].x1) / 2)

    def date(self):
        known = self.paper.date
        day = f"{known.day:02d}" if known.day else ""
        month = (f"{known.month:02d}" if known.month < 3 else str(known.month)) if known.month else ""
        return f"ngày {day} tháng {month} năm {known.year or self.today.year}"

    def letter_subject(self, baseline, centre):
        subject = self.seek("letter-subject", f"V/v {self.paper.subject}")
        if not subject:
            return
        self.dressed("letter-subject", subject, self.rules.letter_subject, "regular")
        self.centred("letter-subject-centre", subject, centre)
        first = subject.lines[0]
        # From the foot of one line's letters to the head of the next line's: half the leading of both is between.
        drop = first.baseline - baseline - first.size * 1.15
        space = self.rules.letter_subject_space
        self.say("letter-subject-space", space.low - 1.5 <= drop <= space.high + 2.5, f"{drop:.1f} pt below the number")

    def names(self):
        after = None
        for code, names, style in (("superior", self.paper.superior, "regular"), ("issuer", self.paper.issuer, "bold")):
            for name in names:
                found = self.seek(code, name, after)
                if not found:
                    return
                self.dressed(code, found, self.rules.issuer, style)
                self.say(code, found.lines[-1].x1 < self.middle, "not in the left block")
                after = found
        found = self.pdf.find("".join(self.paper.issuer))
        if found:
            self.ruled("issuer", found, self.rules.short_rule.low, self.rules.short_rule.high)
            self.centred("issuer-centre", found, found.lines[0].centre)

    def title(self):
        if self.facts.form == "letter":
            return
        before = self.pdf.find(f"/{self.paper.symbol}")
        name = self.seek("title", self.facts.name.upper(), before)
        if name and self.facts.form == "introduction":
            # Mẫu 1.8 has no subject, only the rule.
            self.dressed("title", name, self.rules.title, "bold")
            self.centred("title-centre", name, self.middle)
            self.ruled("subject", name, self.rules.short_rule.low, self.rules.short_rule.high)
            return
        subject = self.seek("subject", self.paper.subject[1:], name) if name else None
        if not subject:
            return
        self.dressed("title", name, self.rules.title, "bold")
        self.dressed("subject", subject, self.rules.subject, "bold")
        self.centred("title-centre", name, self.middle)
        page = self.first
        whole = [line for line in page.lines if any(abs(line.baseline - part.baseline) < 1 for part in subject.lines)]
        for line in whole:
            self.say("subject-centre", abs(line.centre - self.middle) < 2, f"{line.text[:40]}")
        rule = page.rule_below(whole[-1])
        widest = max(line.width for line in whole)
        low, high = self.rules.short_rule.low, self.rules.short_rule.high
        self.say(
            "subject-rule", rule and low - 0.02 <= (rule[1] - rule[0]) / widest <= high + 0.02, f"{rule}, {widest}"
        )
        if self.facts.form == "decision":
            words = "QUYẾT NGHỊ:" if self.facts.code == "NQ" else "QUYẾT ĐỊNH:"
            for code, text in (("authority", self.paper.authority_line.upper()), ("resolves", words)):
                found = self.seek(code, text, subject) if text else None
                if found:
                    self.dressed(code, found, self.rules.body, "bold")
                    self.centred(f"{code}-centre", found, self.middle)

    def addressees(self):
        names = self.paper.to
        if not names:
            return
        label = self.seek("to", "Kính gửi:")
        if not label:
            return
        self.dressed("to", label, self.rules.to, "regular")
        marks = [";"] * (len(names) - 1) + ["."]
        if len(names) == 1:
            found = self.seek("to", f"Kính gửi: {names[0]}.")
            self.say("to", found and abs(found.lines[0].baseline - label.lines[0].baseline) < 1, "not on the same line")
            return
        colon = label.chars[-1]
        for name, mark in zip(names, marks, strict=True):
            found = self.seek("to", f"- {name}{mark}")
            if found:
                self.dressed("to", found, self.rules.to, "regular")
                self.say("to-dash", abs(found.lines[0].x0 - colon["x0"]) < 2, "the dash is not under the colon")

    def bases(self):
        style = "italic" if self.rules.bases_italic else "regular"
        for number, basis in enumerate(self.paper.bases, start=1):
            mark = "." if number == len(self.paper.bases) else ";"
            found = self.seek("basis", f"{basis}{mark}")
            if found:
                self.dressed("basis", found, self.rules.body, style)
                self.indented("basis", found)

    # --- the body

    def words(self):
        after, self.placed = self.seek("end-mark", "./."), []
        after = None
        for number, block in enumerate(self.body):
            if block.kind == "table":
                self.table("table", [block], self.left, self.right)
                continue
            text = block.words
            if number == len(self.body) - 1:
                text = f"{text.removesuffix('./.').rstrip('.;,')}./."
            found = self.seek("words", text, after)
            if not found:
                continue
            after = found
            self.placed.append((block, found))
            self.block(block, found)
        self.spacing()

    def block(self, block, found):
        size = self.rules.body
        for line in found.lines:
            self.say("body-size", all(size.low <= s <= size.high for s in line.sizes), f"{line.sizes} {line.text[:40]}")
            upright = {"bold"} if block.kind != "text" else {"regular", "bold", "italic"}
            styles = {
                style(char) for char in line.chars if char["text"].strip() and char["text"] not in RAISED.values()
            }
            self.say(f"{block.kind}-style", styles <= upright, f"{styles}: {line.text[:40]}")
        if block.kind == "part":
            self.centred("part-centre", found, self.middle)
        elif not (self.facts.form == "introduction" and block is self.body[0]):
            self.indented("body", found)
        emphasised = {c["text"] for c in found.chars if "bold" in c["fontname"].lower()}
        if block.kind == "text" and not re.search(r"\*", self.paper.body):
            self.say("text-style", not emphasised, "bold without cause")

    def indented(self, code, found):
        lines = found.lines
        first, indent = lines[0], self.rules.indent
        got = (first.x0 - self.left) / MM
        self.say(
            f"{code}-indent",
            min(abs(got - indent.low), abs(got - indent.high)) < 0.4,
            f"{got:.1f} mm: {first.text[:40]}",
        )
        for line in lines[1:]:
            self.say(f"{code}-left", abs(line.x0 - self.left) < NEAR, f"{line.x0 - self.left:.1f}: {line.text[:40]}")
        for line in lines[:-1]:
            self.say(
                f"{code}-justified", abs(line.x1 - self.right) < 2, f"{line.x1 - self.right:.1f}: {line.text[:40]}"
            )
        low, high = self.rules.line_height.low, self.rules.line_height.high
        for above, below in zip(lines, lines[1:], strict=False):
            if above.page == below.page:
                pitch = (below.baseline - above.baseline) / above.size
                self.say(f"{code}-leading", low - 0.02 <= pitch <= high + 0.02, f"{pitch:.2f} of the size")

    def spacing(self):
        """Between paragraphs that follow each other on a page."""
        single = self.rules.line_height.low
        for (_, above), (block, below) in zip(self.placed, self.placed[1:], strict=False):
            last, first = above.lines[-1], below.lines[0]
            if last.page == first.page and first.baseline > last.baseline:
                space = first.baseline - last.baseline - single * first.size
                self.say(
                    "paragraph-space",
                    space >= self.rules.paragraph_space.low - 0.6,
                    f"{space:.1f} pt: {first.text[:40]}",
                )
        for block, found in self.placed:
            if block.kind in ("section", "clause", "article"):
                page = self.pdf.pages[found.pages[-1] - 1]
                below = [line for line in page.lines if line.baseline > found.lines[-1].baseline + 1]
                self.say("heading-alone", len(below) > 1, found.lines[0].text[:40])

    def notes(self, blocks=None, code="note"):
        """Each note stands at the foot of the page on which its mark stands, below a short rule."""
        for block, found in self.placed if blocks is None else blocks:
            for mark, words in block.notes:
                at = next((c["page"] for c in found.chars if mark[0] in c["text"]), None)
                note = self.seek(code, f"{mark} {words}")
                if not note:
                    continue
                self.say(f"{code}-page", note.pages == [at], f"note {mark} on page {note.pages}, cited on page {at}")
                self.dressed(code, note, self.rules.footnote, "regular")
                page = self.pdf.pages[note.pages[0] - 1]
                width = page.width - self.left - self.rules.margin_right.used * MM
                above = [r for r in page.rules if r[2] < note.lines[0].baseline and 0.2 < (r[1] - r[0]) / width < 0.5]
                self.say(f"{code}-rule", any(abs(r[0] - self.left) < 2 for r in above), "no short rule above")
                lowest = max((c["baseline"] for c in found.chars if c["page"] == page.number), default=0)
                self.say(f"{code}-foot", note.lines[0].baseline > lowest, "not below the text")

    # --- the end

    def ending(self):
        paper, rules = self.paper, self.rules
        end = self.placed[-1][1] if self.placed else None
        parts = [
            self.seek("signer", s.name, self.pdf.find("Nơi nhận:") if s is None else end) for s in self.signatures()
        ]
        posts = [self.seek("capacity", "".join(s.capacity), end) for s in self.signatures()]
        label = self.seek("recipients", "Nơi nhận:", end) if paper.recipients or paper.archive else None
        if None in parts or None in posts:
            return
        for name, post in zip(parts, posts, strict=True):
            self.dressed("capacity", post, rules.signature, "bold")
            self.dressed("signer", name, rules.signature, "bold")
            room = (name.lines[0].baseline - post.lines[-1].baseline) / MM
            self.say("signature-room", 18 <= room <= 50, f"{room:.0f} mm")
            self.centred("signature-centre", name, post.lines[0].centre)
        self.say("signature-side", parts[-1].lines[0].centre > self.middle + 30, "the signature is not on the right")
        if paper.second_signature:
            self.say("signature-side", parts[0].lines[0].centre < self.middle, "the second is not on the left")
            level = parts[0].lines[0].baseline - parts[1].lines[0].baseline
            self.say("signature-level", abs(level) < NEAR, "names on different levels")
        if label:
            self.recipients(label, posts[-1])
        self.together(label, parts, posts)

    def signatures(self):
        second = self.paper.second_signature
        return [s for s in (second, self.paper.signature) if s]

    def recipients(self, label, post):
        self.dressed("recipients-label", label, self.rules.recipients_label, "bold-italic")
        if not self.paper.second_signature:
            level = label.lines[0].baseline - post.lines[0].baseline
            self.say("recipients-level", abs(level) < 4, f"{level:.1f} pt from the signer's post")
        rows = list(self.paper.recipients) + ([f"Lưu: {self.paper.archive}"] if self.paper.archive else [])
        for number, row in enumerate(rows, start=1):
            found = self.seek("recipient", f"- {row}{'.' if number == len(rows) else ';'}", label)
            if found:
                self.dressed("recipient", found, self.rules.recipients, "regular")
                self.say("recipient-left", abs(found.lines[0].x0 - self.left) < NEAR, row)

    def together(self, label, names, posts):
        """The closing block is on one page, with two lines of text before it."""
        pages = {page for found in [*names, *posts, *([label] if label else [])] for page in found.pages}
        self.say("ending-split", len(pages) == 1, f"on pages {sorted(pages)}")
        page = self.pdf.pages[min(pages) - 1]
        top = min(found.lines[0].baseline for found in [*posts, *([label] if label else [])])
        before = {round(line.baseline) for line in page.lines if line.baseline < top - 2 and line.size >= 12}
        before -= {round(line.baseline) for line in page.lines if self.is_page_number(line, page)}
        whole = sum(len(found.lines) for _, found in self.placed)
        self.say("ending-alone", len(before) >= min(2, whole), f"{len(before)} lines before it")

    def page_numbers(self):
        number = 0
        for page in self.pdf.pages:
            starts = page.number == 1 or page.number in self.appendix_pages()
            number = 1 if starts else number + 1
            margin = {"top-center": (0, 20 * MM), "bottom-right": (page.height - 20 * MM, page.height)}
            low, high = margin[self.rules.page_number_place]
            inside = [line for line in page.lines if low < line.baseline < high and line.text.strip().isdigit()]
            everywhere = [line for line in page.lines if self.is_page_number(line, page)]
            self.say(
                "page-number", len(everywhere) == (not starts), f"page {page.number}: {[x.text for x in everywhere]}"
            )
            for line in everywhere:
                size = self.rules.page_number
                self.say(
                    "page-number-place", line in inside or any(line.baseline == x.baseline for x in inside), "margin"
                )
                self.say("page-number", line.text.strip() == str(number), f"{line.text} for {number}")
                self.say("page-number-size", size.low <= line.size <= size.high, f"{line.size}")
                middle = (self.left + page.width - self.rules.margin_right.used * MM) / 2
                if self.rules.page_number_place == "top-center":
                    self.say("page-number-place", abs(line.centre - middle) < 2, "not centred")
                else:
                    edge = page.width - self.rules.margin_right.used * MM
                    self.say("page-number-place", abs(line.x1 - edge) < 2, "not at the right edge")

    # --- what few papers have

    def stamps(self):
        urgency = dict((name, (w, h)) for name, w, h in self.rules.urgency_frames).get(self.paper.urgency)
        if urgency:
            found = self.seek("urgency", self.paper.urgency)
            self.dressed("urgency", found, self.rules.stamp, "bold")
            sizes = [(box["x1"] - box["x0"], box["bottom"] - box["top"]) for box in self.first.boxes]
            fits = any(all(abs(a - b * MM) < 0.5 for a, b in zip(size, urgency, strict=True)) for size in sizes)
            self.say("urgency-frame", fits, f"{sizes}")
            self.say("urgency-colour", found.chars[0]["non_stroking_color"] == (1.0, 0.0, 0.0), "not bright red")
        if self.paper.circulation:
            found = self.seek("circulation", self.paper.circulation)
            self.dressed("circulation", found, self.rules.stamp, "bold")
            line = found.lines[0]
            around = [
                b
                for b in self.first.boxes
                if b["x0"] < line.x0 and b["x1"] > line.x1 and b["top"] < line.baseline < b["bottom"]
            ]
            self.say("circulation-frame", around, "no frame around")

    def contact(self):
        if not self.paper.contact:
            return
        found = self.seek("contact", self.paper.contact)
        if not found:
            return
        self.dressed("contact", found, self.rules.contact, "regular")
        self.say("contact", found.pages == [1], f"on pages {found.pages}")
        top = found.lines[0]
        full = [r for r in self.first.rules if abs(r[0] - self.left) < NEAR and abs(r[1] - self.right) < NEAR]
        self.say("contact-rule", any(0 < top.baseline - rule[2] < 20 for rule in full), "no full rule above it")
        bottom = found.lines[-1].baseline
        self.say("contact-foot", self.rules.paper[1] * MM - 27 * MM < bottom, "not at the foot")

    def appendix_pages(self):
        pages, after = [], None
        for number, row in enumerate(self.paper.appendices, start=1):
            label = f"Phụ lục {'I' * number}" if len(self.paper.appendices) > 1 else "Phụ lục"
            after = self.pdf.find(label + row.title.upper(), after)
            pages.append(after.pages[0] if after else 0)
        return pages

    def appendices(self):
        pages = self.appendix_pages()
        for number, (row, start) in enumerate(zip(self.paper.appendices, pages, strict=True), start=1):
            self.say("appendix", start, f"not found: {row.title}")
            if not start:
                continue
            page = self.pdf.pages[start - 1]
            label, end = page.lines[0], pages[number] if number < len(pages) else self.pdf.pages[-1].number + 1
            sideways = page.width > page.height
            self.say("appendix-turn", sideways == (row.orientation == "landscape"), row.orientation)
            self.say("appendix-page", label.text.strip().startswith("Phụ lục"), "does not start its page")
            middle = (self.left + page.width - self.rules.margin_right.used * MM) / 2
            size = self.rules.appendix_label
            self.say("appendix-label", label.size == size.used and label.styles == {"bold"}, f"{label.size}")
            self.say("appendix-label", abs(label.centre - middle) < 2, "not centred")
            attached = self.pdf.find("(Kèm theo", self.pdf.find(row.title.upper()))
            self.say("appendix-attached", attached and attached.lines[0].styles == {"italic"}, "not in italics")
            tables = [block for block in read_body(row.body) if block.kind == "table"]
            edge = page.width - self.rules.margin_right.used * MM
            for block in tables:
                self.table("appendix-table", [block], self.left, edge, self.pdf.pages[start - 1 : end - 1])

    def table(self, code, blocks, left, right, pages=None):
        """Ruled, within the margins, its head on every page, every cell there."""
        for block in blocks:
            head = bare("".join(block.rows[0]))
            text = "".join(bare("".join(row)) for row in block.rows[1:])
            pages = pages or self.pdf.pages[: self.last_page]
            printed = "".join(bare("".join(line.text for line in self.inside(page))) for page in pages)
            heads = printed.count(head)
            # A tall row goes on below the next page's head.
            flowing = printed.replace(head, "")
            carrying = [page for page in pages if head in bare("".join(c["text"] for c in page.chars))]
            self.say(f"{code}-head", heads >= 1 and heads == len(carrying), f"{heads} heads")
            if code == "appendix-table":
                ruled = [page for page in pages if len(page.rules) + len(page.boxes) > 3]
                self.say(f"{code}-head", len(ruled) <= heads, f"{heads} heads on {len(ruled)} pages")
            for cell in (cell for row in block.rows for cell in row):
                self.say(f"{code}-words", bare(cell) in printed or bare(cell) in flowing, f"lost: {cell[:40]}")
            self.say(f"{code}-words", len(text) <= len(printed), "cells lost")
            for page in carrying:
                edges = [edge for rule in page.rules for edge in rule[:2]]
                self.say(f"{code}-rules", edges, "no rules")
                inside = all(left - 2 < edge < right + 2 for edge in edges)
                self.say(f"{code}-width", inside, "beyond the margins")

    def overlaps(self):
        for page in self.pdf.pages:
            boxes = [
                (line.x0, line.x1, line.baseline - 0.6 * line.size, line.baseline, line.text) for line in page.lines
            ]
            boxes.sort(key=lambda box: box[2])
            for index, above in enumerate(boxes):
                for below in boxes[index + 1 :]:
                    if below[2] >= above[3] - 0.5:
                        break
                    crossed = min(above[1], below[1]) - max(above[0], below[0])
                    self.say("overlap", crossed < 0.5, f"page {page.number}: {above[4][:30]} / {below[4][:30]}")


def findings(data, paper, facts, today) -> list[str]:
    """What in the PDF ``data`` is not as the law asks of ``paper``."""
    return Measure(data, paper, facts, today).all()
