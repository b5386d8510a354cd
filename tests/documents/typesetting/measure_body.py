"""The words of a body by the ruler: paragraphs, titles, notes, tables."""

from itertools import pairwise

from ..pages import MM, RAISED_FIGURES, bare, style
from .measure_tools import NEAR, Ruler

BOLD = ("section", "clause", "article", "part")


class Body(Ruler):
    """What stands between the head and the signature, and in appendices."""

    def words(self):
        """The body of the document itself."""
        blocks = self.body
        if blocks[-1].kind != "table":
            sentence = blocks[-1].words
            blocks[-1].words = f"{sentence.removesuffix('./.').rstrip('.;,')}./."
        pages = self.pdf.pages[: self.last_page]
        opening = self.find("QUYẾT ĐỊNH:") or self.find("QUYẾT NGHỊ:") if self.facts.form == "decision" else None
        self.placed = self.text(blocks, (self.left, self.right), pages, opening)
        end = self.placed[-1][1] if self.placed else None
        if blocks[-1].kind == "table":
            end = self.seek("end-mark", "./.", end)
        self.end = end

    def text(self, blocks, edges, pages, after):
        """Blocks one behind the other between ``edges``; the (block, place) of those that are no table."""
        placed = []
        for block in blocks:
            if block.kind == "table":
                self.table(block, edges, pages)
                self.notes(block, None, pages)
                continue
            found = self.seek("words", block.words, after)
            if found:
                after = found
                placed.append((block, found))
                self.block(block, found, edges)
                self.notes(block, found, pages)
        self.spacing(placed)
        return placed

    def block(self, block, found, edges):
        """Size and style of its letters, its indent and its edges."""
        size, bold = self.rules.body, block.kind in BOLD
        for char in found.chars:
            raised = char["text"] in RAISED_FIGURES
            self.say(
                "body-size", size.low - 0.01 <= char["size"] <= size.high + 0.01, f"{char['size']}: {block.words[:40]}"
            )
            self.say(
                f"{block.kind}-style", raised or style(char) == "bold" or not bold, f"not bold: {block.words[:40]}"
            )
        printed = [style(char) for char in found.chars if char["text"] not in RAISED_FIGURES]
        for name in ("bold", "italic"):
            missing = block.dressed[name] - printed.count(name) - printed.count("bold-italic")
            self.say(f"{name}-missing", bold or missing <= 0, f"{missing} letters: {block.words[:40]}")
            self.say(f"{name}-wrong", bold or missing >= 0, f"{-missing} letters: {block.words[:40]}")
        opens = self.facts.form == "introduction" and block is self.body[0] and block.words.endswith(":")
        if block.kind == "part" or opens:
            self.centred(f"{block.kind}-centre", found, sum(edges) / 2)
        else:
            self.indented("body", found, edges)

    def indented(self, code, found, edges):
        """The first line's indent, even edges, the pitch of lines."""
        lines, (left, right), indent = found.lines, edges, self.rules.indent
        got = (lines[0].x0 - left) / MM
        fits = min(abs(got - indent.low), abs(got - indent.high)) < 0.4
        self.say(f"{code}-indent", fits, f"{got:.1f} mm: {lines[0].text[:40]}")
        for line in lines[1:]:
            self.say(f"{code}-left", abs(line.x0 - left) < NEAR, f"{line.x0 - left:.1f}: {line.text[:40]}")
        for line in lines[:-1]:
            self.say(f"{code}-justified", abs(line.x1 - right) < 2, f"{line.x1 - right:.1f}: {line.text[:40]}")
        low, high = self.rules.line_height.low, self.rules.line_height.high
        for above, below in pairwise(lines):
            if above.page == below.page:
                pitch = (below.baseline - above.baseline) / above.size
                self.say(f"{code}-leading", low - 0.02 <= pitch <= high + 0.02, f"{pitch:.2f} of the size")

    def spacing(self, placed):
        """Between paragraphs that follow each other on a page; no title at the foot of a page."""
        single = self.rules.line_height.low
        for (_, above), (block, below) in pairwise(placed):
            last, first = above.lines[-1], below.lines[0]
            if last.page == first.page:
                space = first.baseline - last.baseline - single * first.size
                enough = space >= self.rules.paragraph_space.low - 0.6
                self.say("paragraph-space", enough, f"{space:.1f} pt: {block.words[:40]}")
        for (block, found), (_, below) in pairwise(placed):
            if block.kind in BOLD:
                page = self.pdf.pages[found.pages[-1] - 1]
                after = [char for char in page.running if char["baseline"] > found.lines[-1].baseline + 1]
                self.say("heading-alone", after or below.pages[0] == page.number, block.words[:40])

    def notes(self, block, found, pages):
        """Each note stands at the foot of the page on which its mark stands, below a short rule."""
        for mark, words in block.notes:
            at = self.cited(mark, found, pages)
            self.say("note-mark", at, f"no mark {mark}")
            if not at:
                continue
            page = self.pdf.pages[at - 1]
            note = self.pdf.notes[at - 1].find(f"{mark} {words}")
            self.say("note-page", note, f"note {mark} is not on page {at}, which cites it")
            if not note:
                continue
            self.dressed("note", note, self.rules.footnote, "regular")
            left, right = self.edges(upright=page.width < page.height)
            rule = page.note_rule
            share = (rule[1] - rule[0]) / (right - left)
            self.say("note-rule", abs(rule[0] - left) < 2 and 0.2 < share < 0.5, f"{share:.2f} of the line")
            for line in note.lines:
                inside = line.x0 > left - NEAR and line.x1 < right + NEAR
                self.say("note-edges", inside, line.text[:40])

    @staticmethod
    def cited(mark, found, pages):
        """The page on which ``mark`` stands: among the letters of its paragraph or, in a table, anywhere."""
        chars = found.chars if found else [char for page in pages for char in page.running]
        raised = [(char["text"] if char["text"] in RAISED_FIGURES else " ") for char in chars]
        start = f" {''.join(raised)} ".find(f" {mark} ")
        return chars[start]["page"] if start >= 0 else None

    def table(self, block, edges, pages):
        """Ruled, between the edges, its head on every page that it stands on, every cell there."""
        head, last = bare("".join(block.rows[0])), bare("".join(block.rows[-1]))
        printed = [bare("".join(char["text"] for char in page.running)) for page in pages]
        whole = "".join(printed)
        # A tall row goes on below the head of the next page.
        flowing = whole.replace(head, "")
        for cell in (cell for row in block.rows for cell in row):
            self.say("table-words", bare(cell) in whole or bare(cell) in flowing, f"lost: {cell[:40]}")
        heads = [number for number, words in enumerate(printed) if head in words]
        self.say("table-head", heads, f"no head: {head[:40]}")
        ends = [number for number, words in enumerate(printed) if last[-60:] in words]
        if not heads or not ends:
            return
        self.say("table-head", heads == [*range(heads[0], ends[-1] + 1)], f"heads on {heads}, end on {ends}")
        for number in heads:
            self.table_edges(pages[number], head, edges)

    def table_edges(self, page, head, edges):
        """Rules of a table within the edges, its head bold and centred."""
        text = "".join(char["text"] for char in page.running if char["text"].strip())
        inked = [char for char in page.running if char["text"].strip() for _ in char["text"]]
        start = text.find(head)
        styles = {style(char) for char in inked[start : start + len(head)] if char["text"] not in RAISED_FIGURES}
        self.say("table-head-style", styles == {"bold"}, f"{styles}")
        top = inked[start]["baseline"] - 40
        x = [edge for rule in page.rules for edge in rule[:2] if rule[2] > top and rule != page.note_rule]
        self.say("table-rules", x, "no rules")
        self.say("table-width", all(edges[0] - 2 < edge < edges[1] + 2 for edge in x), "beyond the margins")
        sizes = [char["size"] for char in inked[start : start + len(head)]]
        low, high = self.rules.table.low, self.rules.table.high
        self.say("table-size", low - 0.01 <= min(sizes) and max(sizes) <= high + 0.01, f"{min(sizes)}-{max(sizes)}")
