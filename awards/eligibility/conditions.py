"""Conditions: a need that a row states, and a case, in; met, not met or not known, and why, out.

No rule of the law stands here, only how things are counted. Everything yearly is one question, whether a year shows something
(``Case.year_shows``: a rating, a title), asked in two ways: in a run of years without a gap (``run``), or so many times within a
time (``count``).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ..catalogue.law import Book
from ..catalogue.values import REGULAR, amount_of
from .facts import LEVEL_WORDS, LEVELS, SCOPE_WORDS, SCOPES, Facts, Held, Movement


@dataclass(frozen=True)
class Finding:
    """One condition. ``missing``: what is still to come for it, ``lack`` how many of that; ``parts``: of which one is enough.

    ``by_word``: nothing to count, the unit confirms it; unknown it stands in no one's way. ``is_step``: an award that comes
    before this one. ``left_out``: what looks as if it counted and why it does not, in words.
    """

    words: str
    met: bool | None
    rests_on: tuple = ()
    missing: str = ""
    lack: int = 0
    citation: str = ""
    by_word: bool = False
    is_step: bool = False
    left_out: tuple[str, ...] = ()
    parts: tuple["Finding", ...] = ()


def both(stands: Iterable[bool | None]) -> bool | None:
    """Whether all hold; None where that hangs on what is not known."""
    stands = list(stands)
    return False if False in stands else None if None in stands else True


def every(found: Iterable[Finding]) -> bool | None:
    """Whether all are met, as far as they stand in the way."""
    return both(row.met for row in found if not (row.by_word and row.met is None))


# --- The case


@dataclass(frozen=True)
class Case:
    """One recipient before one criterion on one day. ``year``: the last year whose merits are looked at, ``first`` the first,
    ``maybe`` the first if what is not known turns out well.
    """

    book: Book
    facts: Facts
    award: str
    year: int
    route: str = REGULAR
    deed: str = ""
    first: int = 0
    maybe: int | None = None
    after: tuple[Held, ...] = ()

    @property
    def day(self) -> date:
        return self.book.day

    def why_not(self, held: Held) -> str:
        """Why an award that was given is not counted here; nothing where it is."""
        if held.cancelled_on and held.cancelled_on <= self.day:
            return f"đã hủy từ {held.cancelled_on:%d/%m/%Y}"
        if held.year > self.year or (held.decided_on and held.decided_on > self.day):
            return "sau thời điểm xét"
        if held.counts is False:
            return "của đơn vị trước khi sáp nhập, không tính"
        no_basis = self.book.principle("no-basis")
        if no_basis and self.route == REGULAR and held.route in no_basis.more["of"]:
            return "khen đột xuất, chuyên đề, không làm căn cứ xét công trạng"
        return ""

    def awards(self, code: str, first: int = 0) -> list[Held]:
        """What counts as ``code``, of ``first`` and later, oldest first; some may wait for a decision (``counts`` None)."""
        found = [row for row in self.facts.held if code in (row.award, self.book.like(row.award))]
        return sorted((row for row in found if row.year >= first and not self.why_not(row)), key=lambda row: row.year)

    def left_out(self, codes, first: int = 0) -> tuple[str, ...]:
        """What was given of ``codes`` since ``first`` and does not count, with the reason."""
        found = [row for row in self.facts.held if {row.award, self.book.like(row.award)} & set(codes)]
        reasons = [(row, self.why_not(row)) for row in found if first <= row.year <= self.year]
        return tuple(f"{self.named(row.award)} {row.words}: {why}" for row, why in reasons if why)

    def year_shows(self, code: str, year: int):
        """(whether ``year`` shows ``code``, the fact that tells): a rating at least as good, or an award of that year."""
        if code in LEVELS:
            return self._rated(code, year)
        held = [row for row in self.awards(code) if row.year == year]
        if held:
            row = max(held, key=lambda row: row.counts is True)
            return row.counts, row
        on_leave = any(row.year == year and row.level == "maternity" for row in self.facts.ratings)
        return (None if on_leave or self.is_blank(year) else False), None

    def _rated(self, code, year):
        rows = [row for row in self.facts.ratings if row.year == year]
        row = next((row for row in rows if row.counts is not False), None)
        if not row:
            # What the officer decided not to count is a gap; a year of which nothing is known is none.
            return (False if rows else None), None
        if row.counts is None:
            return None, row
        if row.level == "maternity":
            # The time counts; that it was excellent nobody can say.
            counted = self.book.principle("maternity") and LEVELS[code] <= LEVELS["good"]
            return (True if counted else None), row
        return LEVELS[row.level] >= LEVELS[code], row

    def is_blank(self, year: int) -> bool:
        """Whether awards of ``year`` may be missing from what was entered."""
        return self.facts.known_from is not None and year < self.facts.known_from

    def any_shows(self, codes, year):
        """As ``year_shows`` for several codes: one is enough."""
        found = [self.year_shows(code, year) for code in codes]
        for stands in (True, None):
            for shows, fact in found:
                if shows is stands:
                    return shows, fact
        return False, None

    def run_of(self, codes, end: int, stops=(False, None)) -> list:
        """The (year, fact) without a gap up to ``end``, newest first; a gap is a year that stands as one of ``stops``."""
        found = []
        for year in range(end, max(self.first, end - 60) - 1, -1):
            shows, fact = self.any_shows(codes, year)
            if shows in stops:
                break
            found.append((year, fact))
        return found

    def named(self, code: str) -> str:
        """A code as it stands in a sentence."""
        return LEVEL_WORDS[code] + (" trở lên" if code == "good" else "") if code in LEVELS else self.book.name(code)


def codes_of(text: str) -> list[str]:
    return [part.strip() for part in text.split("|")]


def times(number: int, word: str) -> str:
    return f"{number:02} {word}"


def years_words(years) -> str:
    """``2021–2023, 2025``"""
    years, spans = sorted(set(years)), []
    for year in years:
        if spans and spans[-1][1] == year - 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in spans)


def full_years(begins: date, ends: date) -> int:
    """How many whole years lie between two days."""
    return ends.year - begins.year - ((ends.month, ends.day) < (begins.month, begins.day))


# --- Conditions: of a year, of years


def run(case, need) -> Finding:
    """So many years without a gap, up to the year that is looked at."""
    codes, least = codes_of(need["of"]), need["least"]
    end = case.year
    if upto := need.get("upto"):
        end = max((row.year for row in case.awards(upto)), default=case.year)
    found = case.run_of(codes, end)
    asked = range(end - least + 1, end + 1)
    states = {year: case.any_shows(codes, year)[0] if year >= case.first else False for year in asked}
    met = len(found) >= least or (False if False in states.values() else None)
    name = " hoặc ".join(case.named(code) for code in codes)
    is_title = codes[0] not in LEVELS
    if least == 1:
        words = f"{'Đạt danh hiệu ' if is_title else 'Được xếp loại '}{name} năm {end}"
    else:
        words = (
            f"Có {times(least, 'lần' if is_title else 'năm')} liên tục {'đạt' if is_title else 'được công nhận'} {name}"
        )
        words += f" ({years_words(asked)}" + (f"; tính từ năm {case.first}" if asked[0] < case.first else "") + ")"
    missing, lack = "", max(least - len(found), 0)
    if met is None:
        missing = f"chưa rõ {name} năm {years_words(year for year in asked if states[year] is None)}"
    elif not met:
        missing = f"thêm {lack} năm {name} ({years_words(range(end + 1, end + 1 + lack))})"
    left_out = case.left_out(codes, min(asked))
    return Finding(words, met, tuple(fact for _, fact in found if fact), missing, lack, left_out=left_out)


def count(case, need) -> Finding:
    """So many times within the time that is looked at: the run of years where the criterion has one."""
    codes, least = codes_of(need["of"]), need["least"]
    found, waiting = _shown(case, codes, case.first)
    lack = max(least - len(found), 0)
    if case.maybe is not None:
        more, _ = _shown(case, codes, case.maybe)
        waiting |= len(more) >= least
    met = not lack or (None if waiting else False)
    name = " hoặc ".join(case.named(code) for code in codes)
    unit = "năm" if codes[0] in LEVELS else "lần"
    within = f"{case.first}–{case.year}" if 0 < case.first <= case.year else "đó"
    words = f"Trong thời gian {within} có {times(least, unit)} {name}"
    missing = (lack and f"thêm {times(lack, unit)} {name}") or ""
    return Finding(words, met, tuple(found), missing, lack, left_out=case.left_out(codes, case.first))


def _shown(case, codes, first):
    """(the facts of ``first`` and later that count, whether some wait for what is not known)."""
    found, waiting = [], False
    for code in codes:
        if code in LEVELS:
            shown = [case.year_shows(code, year) for year in range(first, case.year + 1)]
            found += [fact for shows, fact in shown if shows]
            waiting |= any(shows is None for shows, _ in shown)
        else:
            held = case.awards(code, first)
            found += [row for row in held if row.counts]
            waiting |= any(row.counts is None for row in held) or case.is_blank(first)
    return found, waiting


def in_succession(case, need) -> Finding:
    """So many times one after the other, where each covers ``span`` years."""
    found = [row for row in case.awards(need["of"]) if row.counts]
    chain = found[-1:] if found and found[-1].year >= case.year - 1 else []
    for row in reversed(found[:-1]):
        if not chain or chain[0].year - row.year > need["span"]:
            break
        chain.insert(0, row)
    name, least = case.named(need["of"]), need["least"]
    lack = max(least - len(chain), 0)
    met = not lack or (None if case.is_blank(case.year - least * need["span"]) else False)
    words = f"Có {times(least, 'lần')} liên tục được tặng danh hiệu {name}"
    missing = (lack and f"thêm {times(lack, 'lần')} liên tục {name}") or ""
    return Finding(words, met, tuple(chain), missing, lack, is_step=not chain)


def holds(case, need) -> Finding:
    """Was given an award, whenever that was."""
    held = case.awards(need["of"])
    met = True if any(row.counts for row in held) else None if held or case.facts.known_from is not None else False
    name = case.named(need["of"])
    missing = "" if met else f"được tặng {name} trước"
    left_out = case.left_out([need["of"]])
    return Finding(
        f"Đã được tặng {name}", met, tuple(held), missing, int(not met), is_step=met is False, left_out=left_out
    )


def since(case, need) -> Finding:
    """So many whole years since the award after which the criterion counts."""
    given = [row for row in case.after if row.decided_on]
    if not given:
        return Finding(
            f"Đã qua {times(need['least'], 'năm')} từ khi được tặng", None, case.after, "chưa rõ ngày quyết định"
        )
    past = full_years(given[-1].decided_on, case.day)
    lack = max(need["least"] - past, 0)
    words = f"Đã qua {times(need['least'], 'năm')} từ khi được tặng (mới qua {past} năm)" if lack else ""
    words = words or f"Đã qua {times(need['least'], 'năm')} từ khi được tặng"
    return Finding(words, not lack, (given[-1],), (lack and f"thêm {times(lack, 'năm')}") or "", lack)


# --- Conditions: other facts


def initiative(case, need) -> Finding:
    """So many initiatives, or topics, of a scope, not used for another award."""
    kind, scope, least = need.get("kind", "initiative"), need["of"], need["least"]
    first = {"year": case.year, "run": case.first}.get(need.get("within"), 0)
    once = case.book.principle("initiative-once")
    found = [
        row
        for row in case.facts.initiatives
        if row.kind == kind and SCOPES[row.scope] >= SCOPES[scope] and first <= row.year <= case.year
        if not row.recognised_on or row.recognised_on <= case.day
        if not once or row.used_for in (None, (case.award, case.year))
    ]
    lack = max(least - len(found), 0)
    thing = {"initiative": "sáng kiến", "topic": "đề tài, đề án, công trình khoa học"}[kind]
    words = f"Có {times(least, thing)} {SCOPE_WORDS[scope]} được công nhận" + (", chưa dùng để xét" if once else "")
    return Finding(words, not lack, tuple(found), (lack and f"{times(lack, thing)} {SCOPE_WORDS[scope]}") or "", lack)


_IN_TEAM = {
    "ldtt": ("ldtt", "đạt “Lao động tiên tiến”"),
    "done": ("completed", "hoàn thành nhiệm vụ"),
    "cstdcs": ("cstdcs", "đạt “Chiến sĩ thi đua cơ sở”"),
    "warned": ("warned", "bị kỷ luật từ cảnh cáo trở lên"),
}


def members(case, need) -> Finding:
    """How many of a collective's people: a number (least, most) or a part of all (share at least, over more than)."""
    column, name = _IN_TEAM[need["of"]]
    team = next((row for row in case.facts.teams if row.year == case.year), None)
    number = getattr(team, column) if team else None
    share = need.get("share") or need.get("over")
    if share:
        bound = "trên" if "over" in need else "ít nhất"
        words = f"Có {bound} {share.rstrip('%')} % cá nhân {name}"
    elif need.get("most") == 0:
        words = f"Không có cá nhân {name}"
    else:
        words = f"Có cá nhân {name}"
    if number is None:
        return Finding(words, None, (team,) if team else (), f"chưa rõ số cá nhân {name} năm {case.year}")
    if not share:
        met = need.get("least", 0) <= number <= need.get("most", number)
        return Finding(
            f"{words} (có {number})", met, (team,), "" if met or "most" in need else f"cá nhân {name}", int(not met)
        )
    asked = amount_of(share) * team.members
    met = team.members > 0 and (number > asked if "over" in need else number >= asked)
    lack = 0 if met else (asked.__floor__() + 1 if "over" in need else asked.__ceil__()) - number
    return Finding(
        f"{words} (có {number}/{team.members})", met, (team,), (lack and f"thêm {lack} cá nhân {name}") or "", lack
    )


def leads(case, need) -> Finding:
    """Leads a cluster of the year, organised by the province or by the central council."""
    by = {"province": "tỉnh", "nation": "Hội đồng Thi đua - Khen thưởng Trung ương", "district": "huyện"}[need["of"]]
    words = f"Dẫn đầu cụm, khối thi đua do {by} tổ chức năm {case.year}"
    led = case.facts.led.get(case.year)
    return Finding(words, None if led is None else led == need["of"], (), f"dẫn đầu cụm, khối do {by} tổ chức", 1)


def movement(case, need) -> Finding:
    """Is first in, or was chosen in, a movement: who launched it, how long it ran, whether it is being reviewed."""
    found, by, at, least = case.facts.movement, need.get("by"), need.get("at"), need.get("least", 0)
    done = "Dẫn đầu" if need["of"] == "first" else "Được bình xét trong"
    words = f"{done} phong trào thi đua"
    words += f" do {' hoặc '.join(Movement.BY[code] for code in by)} phát động" if by else ""
    words += f", thực hiện từ {times(least, 'năm')} trở lên" if least else ""
    words += f", khi {', '.join(Movement.AT[code] for code in at)}" if at else ""
    if not found:
        return Finding(words, None, (), "chưa rõ phong trào", 1)
    lasted = full_years(found.begins, found.ends + timedelta(days=1))
    wrong = []
    if by and found.by not in by:
        wrong.append(f"phong trào do {Movement.BY[found.by]} phát động")
    if lasted < least:
        wrong.append(f"thực hiện mới {lasted} năm")
    if at and found.at not in at:
        wrong.append(f"đang {Movement.AT.get(found.at, 'thực hiện')}")
    chosen = found.is_first if need["of"] == "first" else found.is_chosen
    met = False if wrong or chosen is False else chosen
    return Finding(words + (f" – {'; '.join(wrong)}" if wrong else ""), met, (found,), "", int(not met))


def aged(case, need) -> Finding:
    """Has existed for so many years."""
    begun, least = case.facts.began_on, need["least"]
    words = f"Có quá trình xây dựng, phát triển từ {times(least, 'năm')} trở lên"
    if not begun:
        return Finding(words, None, (), "chưa rõ ngày thành lập")
    lack = max(least - full_years(begun, case.day), 0)
    return Finding(
        f"{words} (thành lập {begun:%d/%m/%Y})",
        not lack,
        (),
        (lack and f"thêm {times(lack, 'năm')} hoạt động") or "",
        lack,
    )


def anniversary(case, need) -> Finding:
    """A founding day whose number of years ends in 0 falls in the year of the proposal."""
    begun, words = case.facts.began_on, "Nhân dịp kỷ niệm ngày thành lập năm tròn"
    if not begun:
        return Finding(words, None, (), "chưa rõ ngày thành lập")
    years = case.day.year - begun.year
    left = -years % 10
    return Finding(
        f"{words} ({years} năm)", not left and years > 0, (), (left and f"năm {case.day.year + left}") or "", left
    )


def no_flags(case, need) -> Finding:
    """Is one of those that cannot be given flags."""
    may = case.facts.may_receive_flags
    return Finding(
        "Không thuộc đối tượng được tặng cờ thi đua", None if may is None else not may, (), "", int(may is not False)
    )


def model(case, need) -> Finding:
    """A farmer's way of producing that has held for so many years."""
    years, least = case.facts.model_years, need["least"]
    words = f"Có mô hình sản xuất hiệu quả, ổn định từ {times(least, 'năm')} trở lên"
    if years is None:
        return Finding(words, None, (), "chưa rõ thời gian của mô hình")
    lack = max(least - years, 0)
    return Finding(words, not lack, (), (lack and f"thêm {times(lack, 'năm')} mô hình ổn định") or "", lack)


def attested(case, need) -> Finding:
    """What cannot be counted: the unit, or a person in charge, says so."""
    met = case.facts.attested.get(need["of"])
    missing = f"xác nhận «{need['words']}»" if need.get("hard") and met is None else ""
    return Finding(need["words"], met, (), missing, int(met is False), by_word=not need.get("hard"))


# --- Conditions: of every award


def not_twice(case, need) -> Finding:
    """Nothing is commended twice: the same award of the same year, another for the same deed."""
    same = [row for row in case.facts.held if not row.cancelled_on or row.cancelled_on > case.day]
    again = [row for row in same if (row.award, row.year, row.route) == (case.award, case.year, case.route)]
    deed = [row for row in same if case.deed and row.deed == case.deed]
    if case.route != REGULAR:
        # Single deeds and movements of a year may be several: they are told apart by what they were for.
        again = [row for row in again if not (case.deed and row.deed)]
    found = tuple(dict.fromkeys(again + deed))
    words = "Chưa được khen cho cùng thành tích này"
    if found:
        words += f" – đã có {', '.join(f'{case.named(row.award)} {row.words}' for row in found)}"
    is_sure = deed or (again and case.route == REGULAR)
    return Finding(words, False if is_sure else None if found else True, found)


def not_paused(case, need) -> Finding:
    """Nothing is open that stops awards."""
    found = tuple(
        row for row in case.facts.pauses if row.since <= case.day and not (row.until and row.until < case.day)
    )
    words = "Không trong thời gian bị kỷ luật, xem xét kỷ luật, thanh tra, điều tra, xác minh"
    return Finding(words, not found, found, (found and "chờ hết thời gian tạm dừng") or "", len(found))


def one_state_form(case, need) -> Finding | None:
    """No two state forms in one year, but for single deeds, movements, service."""
    if not is_state_form(case.book, case.award):
        return None
    found = tuple(
        row
        for row in case.facts.held
        if is_state_form(case.book, row.award) and row.route == REGULAR and not row.cancelled_on
        if row.decided_on and row.decided_on.year == case.day.year
    )
    return Finding(f"Chưa được tặng hình thức khen thưởng cấp nhà nước nào trong năm {case.day.year}", not found, found)


def one_flag(case, need) -> Finding | None:
    """Who was given a flag for the year is given no other."""
    if not case.book.awards[case.award].more.get("flag"):
        return None
    flags = {code for code, row in case.book.awards.items() if row.more.get("flag")} - {case.award}
    found = tuple(row for code in flags for row in case.awards(code) if row.year == case.year and row.award == code)
    return Finding(f"Chưa được tặng cờ thi đua khác của năm {case.year}", not found, found)


def is_state_form(book, award: str) -> bool:
    row = book.awards.get(award)
    return bool(row) and row.more["form"] != "title" and row.more.get("level", "state") == "state"


def not_dissolved(case, need) -> Finding:
    """No award for a body that is no more."""
    ended = case.facts.ended_on
    words = "Tập thể chưa giải thể" + (f" (giải thể {ended:%d/%m/%Y})" if ended else "")
    return Finding(words, not ended or ended > case.day)


CONDITIONS = {
    condition.__name__: condition
    for condition in (
        *(run, count, in_succession, holds, since, initiative, members, leads, movement, aged, anniversary),
        *(no_flags, model, attested, not_twice, not_paused, one_state_form, one_flag, not_dissolved),
    )
}
