"""The end of a paper by the ruler: signatures and Nơi nhận."""

from ..pages import MM
from .measure_tools import NEAR, Ruler


class Ending(Ruler):
    """What stands below the body."""

    def ending(self):
        """Posts and names, on the right side, with room between; Nơi nhận; all together."""
        parts = [self.seek("signer", s.name, self.end) for s in self.signatures()]
        posts = [self.seek("capacity", "".join(s.capacity), self.end) for s in self.signatures()]
        paper, rules = self.paper, self.rules
        label = self.seek("recipients", "Nơi nhận:", self.end) if paper.recipients or paper.archive else None
        if None in parts or None in posts:
            return
        for name, post in zip(parts, posts, strict=True):
            self.dressed("capacity", post, rules.signature, "bold")
            self.dressed("signer", name, rules.signature, "bold")
            room = (name.lines[0].baseline - post.lines[-1].baseline) / MM
            self.say("signature-room", 18 <= room <= 50, f"{room:.0f} mm")
            self.centred("signature-centre", name, post.lines[0].centre)
        self.sides(parts)
        if label:
            self.recipients(label, posts[-1])
        self.together(label, parts, posts)

    def sides(self, names):
        """The signer on the right; a second one on the left, on the same level."""
        self.say("signature-side", names[-1].lines[0].centre > self.middle + 30, "the signature is not on the right")
        if len(names) > 1:
            self.say("signature-side", names[0].lines[0].centre < self.middle, "the second is not on the left")
            level = names[0].lines[0].baseline - names[1].lines[0].baseline
            self.say("signature-level", abs(level) < NEAR, "names on different levels")

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
        before = {
            round(char["baseline"]) for char in page.running if char["baseline"] < top - 2 and char["size"] >= 12.5
        }
        whole = sum(len(found.lines) for _, found in self.placed)
        self.say("ending-alone", len(before) >= min(2, whole), f"{len(before)} lines before it")
