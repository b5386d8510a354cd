"""Who may have what, explained: facts and a day in; each way to an award with its conditions, met or not, and why, out.

Rows of the catalogue say which conditions make an award (``criterion``); ``conditions.py`` says how each is counted; here they
are put together: for a recipient, for a list, for what may come next.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from ..catalogue.law import Book, Catalogue
from ..catalogue.values import REGULAR, amount_of
from .case import Case, Finding, both, codes_of, every
from .conditions import CONDITIONS
from .facts import GROUP_WORDS, KINDS, Facts, Held
from .years import holds

STANDS = {True: "Đạt", False: "Chưa đạt", None: "Chưa rõ"}


@dataclass(frozen=True)
class Route:
    """One way to an award, with what it asks. ``is_known``: something is known of it; else nobody claims this way."""

    citation: str
    route: str
    findings: tuple[Finding, ...]
    is_known: bool = True

    @property
    def met(self) -> bool | None:
        return every(self.findings)

    @property
    def missing(self) -> str:
        return " và ".join(row.missing for row in self.findings if row.met is not True and row.missing)

    @property
    def lack(self) -> int:
        return sum(row.lack or 1 for row in self.findings if row.met is not True and not row.by_word)


def nearest(ways: Iterable[Route]) -> Route | None:
    """The way that is open, or that lacks least; one that nobody claims only where there is no other."""
    rank = {True: 0, None: 1, False: 2}
    return min(ways, key=lambda way: (not way.is_known, rank[way.met], way.lack), default=None)


@dataclass(frozen=True)
class Judgement:
    """What the law of a day says of one recipient and one award. ``general``: what is asked for whichever way is gone;
    ``is_title``: of a danh hiệu, which has no loại hình.
    """

    award: str
    name: str
    day: date
    year: int
    general: tuple[Finding, ...]
    routes: tuple[Route, ...] = ()
    is_title: bool = False

    @property
    def best(self) -> Route | None:
        """The way that is open, or that lacks least."""
        return nearest(self.routes)

    @property
    def met(self) -> bool | None:
        return both([every(self.general), self.best.met if self.best else None])

    @property
    def missing(self) -> str:
        """What is still to come, of what every award asks for and of the best way."""
        general = [row.missing for row in self.general if row.met is not True]
        return " và ".join(filter(None, (*general, self.best.missing if self.best else "")))

    @property
    def to_confirm(self) -> list[str]:
        """What the unit has yet to confirm where all that can be counted is met."""
        return [row.words for row in self.best.findings if row.by_word and row.met is None] if self.best else []

    @property
    def verdict(self) -> str:
        if self.met is None and not self.routes:
            return "Danh mục chưa có tiêu chuẩn tính được cho ngày này: người phụ trách xem xét."
        head = {True: "Đủ điều kiện", False: "Chưa đủ điều kiện", None: "Chưa kết luận được"}[self.met]
        if self.met and self.to_confirm:
            return f"{head}, khi đơn vị xác nhận: {'; '.join(self.to_confirm)}."
        return f"{head}. Còn thiếu: {self.missing}." if self.missing and not self.met else f"{head}."


def may_have(book: Book, facts: Facts, award: str, year: int) -> list[Finding]:
    """Whether this award is for such a recipient at all, and whether there was one."""
    row = book.awards[award]
    names, group = ", ".join(KINDS[kind] for kind in row.more["for"]), row.more.get("group")
    names += f" ({GROUP_WORDS[group]})" if group else ""
    is_for = facts.kind in row.more["for"] and (not group or group in facts.groups)
    found = [Finding(f"Dành cho {names}", is_for, citation=book.citation(row))]
    if row.more.get("flag") and facts.may_receive_flags is False:
        found.append(Finding("Thuộc đối tượng được tặng cờ thi đua", False, citation=book.citation(row)))
    if facts.began_on and (facts.began_on > book.day or facts.began_on.year > year):
        word = "Sinh" if facts.kind == "person" else "Thành lập"
        found.append(Finding(f"{word} trước thời gian xét (ngày {facts.began_on:%d/%m/%Y})", False))
    if facts.kind == "person" and facts.ended_on and facts.ended_on <= book.day:
        found.append(Finding("Truy tặng được (đã mất)", "posthumous" in row.more, citation=book.citation(row)))
    return found


def may_be_for(book: Book, facts: Facts, award: str, route: str) -> list[Finding]:
    """Whether one is commended in such a way at all, where that is laid down; titles of emulation have no loại hình."""
    if book.awards[award].more["form"] == "title":
        return []
    rows = [row for row in book.all("route") if row.more["code"] == route and "of" in row.more]
    return [
        Finding(
            f"{row.value} dành cho {', '.join(KINDS[kind] for kind in row.more['of'])}",
            facts.kind in row.more["of"],
            citation=book.citation(row),
        )
        for row in rows
    ]


# --- Judged


def judge(book: Book, award: str, facts: Facts, *, year: int, route: str = "", deed: str = "") -> Judgement:
    """All ways to ``award`` under the law of the book's day, or those by ``route`` alone.

    ``year``: the last year whose merits are looked at; who asks says it, it is never guessed.
    """
    name = book.name(award)
    if award not in book.awards:
        return Judgement(
            award, name, book.day, year, (Finding(f"Ngày {book.day:%d/%m/%Y} không có {name} trong luật", False),)
        )
    case = Case(book, facts, award, year, route or REGULAR, deed)
    general = may_have(book, facts, award, year) + (may_be_for(book, facts, award, route) if route else [])
    for row in book.all("criterion", "*", facts.kind):
        if not row.more.get("each_way"):
            general += _answers(case, row, row.more["needs"])
    ways = _ways(case, route) if general[0].met else ()
    return Judgement(award, name, book.day, year, tuple(general), ways, book.awards[award].more["form"] == "title")


def last_year(facts: Facts, day: date) -> int:
    """The year that a page begins with where nobody has asked for one: the day's own where it is rated, else the one before."""
    return day.year if any(row.year == day.year for row in facts.ratings) else day.year - 1


def _ways(case, route="", is_asked_alone=True) -> tuple[Route, ...]:
    """Each criterion that is for such a recipient, with its findings and those of every award that depend on the route."""
    found, rows = [], case.book.all("criterion", case.award, case.facts.kind)
    for row in rows:
        way = row.more.get("route", REGULAR)
        groups = {name.strip() for name in row.more.get("group", "").split(",")} - {""}
        if row.award == "*" or route not in ("", way) or (groups and not groups & case.facts.groups):
            continue
        here = replace(case, route=way)
        common = [
            one for one in rows if one.more.get("each_way") and one.more.get("route", way) == way and is_asked_alone
        ]
        findings = [finding for one in common for finding in _answers(here, one, one.more["needs"])]
        own = _criterion(here, row)
        is_known = any(finding.met is not None or finding.rests_on for finding in own)
        found.append(Route(case.book.citation(row), way, (*own, *findings), is_known))
    return tuple(found)


def _criterion(case, row) -> list[Finding]:
    needs = [need for need in row.more["needs"] if need.get("only") in (None, *case.facts.groups)]
    case, found = _begun(case, row)
    common = [need for need in needs if "alt" not in need]
    found += _answers(case, row, common)
    letters = dict.fromkeys(need["alt"] for need in needs if "alt" in need)
    parts = []
    for letter in letters:
        mine = [need for need in needs if need.get("alt") == letter]
        rows = _answers(case, row, mine, common)
        parts.append(_all_of(rows) if len(rows) > 1 else rows[0])
    if len(parts) == 1:
        found += parts
    elif parts:
        found.append(_one_of(parts, case.book.citation(row)))
    return found


def _begun(case, row):
    """The case with the first year that counts, and the award after which it counts, where the criterion names one.

    Nothing counts twice: years that an earlier gift of the same award rests on are spent. After discipline counting begins
    anew. Of several awards «after which» the first since then opens the widest time; a row may ask for the latest.
    """
    book, first, found = case.book, 0, []
    if book.principle("spent-years"):
        first = max((held.year + 1 for held in case.awards(case.award) if held.year < case.year), default=0)
    if book.principle("after-discipline"):
        ended = [
            p.until.year + 1 for p in case.facts.pauses if p.kind == "discipline" and p.until and p.until < case.day
        ]
        first = max([first, *ended])
    code = row.more.get("after")
    if code:
        finding = holds(case, {"of": code})
        found.append(replace(finding, citation=book.citation(row)))
        held = [one for one in case.awards(code) if one.counts]
        if held:
            one = held[-1] if row.more.get("latest") else held[0]
            # Its own year is spent, and so is what came before its decision.
            first = max(first, one.year + 1, one.decided_on.year if one.decided_on else 0)
            case = replace(case, after=(one,))
        else:
            first = max(first, case.year + 1)
    return replace(case, first=first), found


def _answers(case, row, needs, common=()) -> list[Finding]:
    """The findings of ``needs``; what is counted «trong thời gian đó» is counted within the run, one's own or the common one."""
    runs = [need for need in (*needs, *common) if need["is"] == "run"]
    inside = case
    if runs:
        codes, none = codes_of(runs[0]["of"]), max(case.first, case.year + 1)
        first, maybe = (
            min((year for year, _ in case.run_of(codes, case.year, stops)), default=none)
            for stops in ((False, None), (False,))
        )
        inside = replace(case, first=first, maybe=maybe if maybe < first else None)
    found = []
    for need in needs:
        windowed = need["is"] == "count" or need.get("within") == "run"
        finding = ANSWERS[need["is"]](inside if windowed else case, need)
        if finding:
            found.append(replace(finding, citation=case.book.citation(row)))
    return found


def _all_of(rows) -> Finding:
    open_ones = [row for row in rows if row.met is not True]
    return Finding(
        "; ".join(row.words if n == 0 else row.words[0].lower() + row.words[1:] for n, row in enumerate(rows)),
        every(rows),
        tuple(fact for row in rows for fact in row.rests_on),
        " và ".join(row.missing for row in open_ones if row.missing),
        sum(row.lack for row in open_ones),
        rows[0].citation,
        left_out=tuple(words for row in rows for words in row.left_out),
    )


def _one_of(parts, citation) -> Finding:
    stands = [row.met for row in parts]
    met = True if True in stands else None if None in stands else False
    # The shortest of what can be done; of those alike the one that something is there for.
    near = min(parts, key=lambda row: (row.met is not True, not row.missing, row.lack, -len(row.rests_on)))
    rests_on = near.rests_on if met else ()
    return Finding(
        "Một trong các điều sau", met, rests_on, "" if met else near.missing, near.lack, citation, parts=tuple(parts)
    )


def meets(case, need) -> Finding:
    """Has a title of the same year, or meets what is asked for it."""
    name = case.named(need["of"])
    shows, fact = case.year_shows(need["of"], case.year)
    words = f"Đạt tiêu chuẩn danh hiệu {name} năm {case.year}"
    if shows:
        return Finding(words, True, (fact,))
    best = nearest(_ways(replace(case, award=need["of"]), is_asked_alone=False))
    if not best:
        return Finding(words, shows, (), f"đạt {name}", 1)
    rests_on = tuple(fact for row in best.findings for fact in row.rests_on)
    return Finding(words, best.met, rests_on, "" if best.met else best.missing, 0 if best.met else max(best.lack, 1))


ANSWERS = CONDITIONS | {"meets": meets}


# --- Asked by pages


def judge_in_transition(catalogue: Catalogue, award, facts, received: date, decided: date, **more) -> Judgement:
    """By the law of the day of the decision; where a change of law lets files that were there before it keep their law, by
    that of the day on which the file was received, unless the new one is better for the recipient.
    """
    new = judge(catalogue.on(decided), award, facts, **more)
    rule = catalogue.on(decided).principle("transition")
    if not rule or not received < rule.since <= decided:
        return new
    old = judge(catalogue.on(received), award, facts, **more)
    return new if new.met and not old.met else old


def what_next(book: Book, facts: Facts, *, year: int) -> list[Judgement]:
    """What could come next by regular merit, nearest first: whatever has its condition of an award held, and is not met twice."""
    found = []
    for award, row in book.awards.items():
        if facts.kind not in row.more["for"] or row.more.get("counts_as"):
            continue
        answer = judge(book, award, facts, year=year, route=REGULAR)
        way = answer.best
        if (
            way
            and answer.met is not True
            and any(row.lack for row in way.findings)
            and not any(row.is_step for row in way.findings)
        ):
            found.append(answer)
    return sorted(found, key=lambda answer: answer.best.lack)


def standing(book: Book, facts: Facts) -> list[tuple[Held, str]]:
    """Everything held, oldest first, with why it does not count for regular merit; nothing where it does."""
    case = Case(book, facts, "", book.day.year)
    waits = "của đơn vị trước khi sáp nhập, chờ người phụ trách quyết định"
    rows = sorted(facts.held, key=lambda row: row.year)
    return [(row, case.why_not(row) or (waits if row.counts is None else "")) for row in rows]


def within_cap(book: Book, award: str, chosen: int, whole: int) -> Finding | None:
    """Whether a list keeps to the share that a rule of the day allows; None where none does.

    What is left over a whole one never counts: 15 % of 9 are 1.
    """
    rule = book.the("cap", award)
    if not rule:
        return None
    most = int(amount_of(rule.value) * whole)
    words = f"Không quá {rule.value.rstrip('%')} % của {whole} {book.name(rule.more['of'])}: {most}"
    return Finding(f"{words} (đề nghị {chosen})", chosen <= most, citation=book.citation(rule))


# --- In words


def explain(answer: Judgement) -> str:
    """The whole answer as plain lines, as a page would show them."""
    lines = [f"{answer.name}, năm {answer.year}, theo luật ngày {answer.day:%d/%m/%Y}", answer.verdict]
    lines += [line for row in answer.general for line in _lines(row)]
    for way in answer.routes:
        lines += [f"— {way.citation}: {STANDS[way.met]}"]
        lines += [line for row in way.findings for line in _lines(row, cite=False)]
    return "\n".join(lines)


def _lines(row, depth=1, cite=True):
    mark = "Cần xác nhận" if row.by_word and row.met is None else STANDS[row.met]
    yield "  " * depth + f"[{mark}] {row.words}" + (f" – {row.citation}" if cite and row.citation else "")
    if row.rests_on and not row.parts:
        yield "  " * (depth + 2) + "; ".join(
            fact.words for fact in sorted(row.rests_on, key=lambda fact: getattr(fact, "year", 0))
        )
    for words in row.left_out:
        yield "  " * (depth + 2) + f"không tính: {words}"
    for part in row.parts:
        yield from _lines(part, depth + 1, cite=False)
