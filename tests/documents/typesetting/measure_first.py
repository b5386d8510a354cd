"""The first page by the ruler: country, issuing body, number, date, subject, addressees, bases."""

from .measure_tools import NEAR, Ruler


class FirstPage(Ruler):
    """What stands above the body."""

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
        """Side by side, each under its block."""
        paper = self.paper
        number = self.seek("number", f"Số: {f'{paper.number:02d}' if paper.number else ''}/{paper.symbol}")
        if not number:
            return
        self.dressed("number", number, self.rules.number, "regular")
        first, last = number.rows[0], number.rows[-1]
        levels = {round(row.baseline) for row in number.rows}
        written = "".join(line.text for line in self.first.lines if round(line.baseline) in levels)
        self.say("number-spaces", f"/{paper.symbol}" in written, "spaces in the symbol")
        if self.facts.form == "minutes":
            beside = [x for x in self.first.lines if abs(x.baseline - first.baseline) < 1 and x.x0 > self.middle]
            self.say("date", not beside, "minutes carry no date")
        else:
            self.place_and_date(first.baseline, right_centre)
        if self.facts.form == "letter":
            self.letter_subject(last.baseline, last.centre)

    def place_and_date(self, baseline, centre):
        """On the number's line, under the motto."""
        date = self.seek("date", f"{self.paper.place}, {self.date()}")
        if date:
            self.dressed("date", date, self.rules.place_date, "italic")
            self.say("date-line", abs(date.rows[0].baseline - baseline) < NEAR, "not on the number's line")
            for row in date.rows:
                self.say("date-centre", abs(row.centre - centre) < 2, "not under the motto")

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
        found = self.find("".join(self.paper.issuer))
        if found:
            self.ruled("issuer", found, self.rules.short_rule.low, self.rules.short_rule.high)
            self.centred("issuer-centre", found, found.lines[0].centre)

    def title(self):
        if self.facts.form == "letter":
            return
        before = self.find(f"/{self.paper.symbol}")
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
            level = found and found.lines[0].baseline - label.lines[0].baseline
            self.say("to", found and abs(level) < 1, "not on the same line")
            return
        colon = label.chars[-1]
        for name, mark in zip(names, marks, strict=True):
            found = self.seek("to", f"- {name}{mark}")
            if found:
                self.dressed("to", found, self.rules.to, "regular")
                self.say("to-dash", abs(found.lines[0].x0 - colon["x0"]) < 2, "the dash is not under the colon")

    def bases(self):
        """Each on a line of its own, in the rule set's style."""
        style = "italic" if self.rules.bases_italic else "regular"
        for number, basis in enumerate(self.paper.bases, start=1):
            mark = "." if number == len(self.paper.bases) else ";"
            found = self.seek("basis", f"{basis}{mark}")
            if found:
                self.dressed("basis", found, self.rules.body, style)
                self.indented("basis", found, (self.left, self.right))
