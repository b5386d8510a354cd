"""Conditions that ask years: so many without a gap, so many within a time, one after the other, since an award."""

from .case import Finding, codes_of, full_years, times, years_words
from .facts import LEVELS


def run(case, need) -> Finding:
    """So many years without a gap, up to the year that is looked at."""
    codes, least, end = codes_of(need["of"]), need["least"], case.year
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
        lack, missing = _still_missing(case, codes, least, found)
    left_out = case.left_out(codes, min(asked))
    return Finding(words, met, tuple(fact for _, fact in found if fact), missing, lack, left_out=left_out)


def _still_missing(case, codes, least, found) -> tuple[int, str]:
    """(how many years are still to come, in words). A title of the year looked at may yet come, until the next one is over."""
    begins, there = case.year + 1, len(found)
    if codes[0] not in LEVELS and not found and case.year >= case.day.year - 1:
        begins, there = case.year, min(len(case.run_of(codes, case.year - 1)), least - 1)
    lack = least - there
    name = " hoặc ".join(case.short(code) for code in codes)
    return lack, f"thêm {lack} năm {name} {years_words(range(begins, begins + lack))}"


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
    short = " hoặc ".join(case.short(code) for code in codes)
    missing = (lack and f"thêm {times(lack, unit)} {short}") or ""
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
    """So many times one after the other, where each covers ``span`` years; of those that count anew (``case.first``)."""
    found = [row for row in case.awards(need["of"], case.first) if row.counts]
    chain = found[-1:] if found and found[-1].year >= case.year - 1 else []
    for row in reversed(found[:-1]):
        if not chain or chain[0].year - row.year > need["span"]:
            break
        chain.insert(0, row)
    name, least = case.named(need["of"]), need["least"]
    lack = max(least - len(chain), 0)
    met = not lack or (None if case.is_blank(case.year - least * need["span"]) else False)
    words = f"Có {times(least, 'lần')} liên tục được tặng danh hiệu {name}"
    words += f" (tính từ năm {case.first})" if case.awards(need["of"]) != case.awards(need["of"], case.first) else ""
    missing = (lack and f"thêm {times(lack, 'lần')} liên tục {case.short(need['of'])}") or ""
    return Finding(words, met, tuple(chain), missing, lack, is_step=not chain, left_out=case.left_out([need["of"]]))


def holds(case, need) -> Finding:
    """Was given an award, whenever that was."""
    held = case.awards(need["of"])
    met = True if any(row.counts for row in held) else None if held or case.facts.known_from is not None else False
    missing = "" if met else f"được tặng {case.short(need['of'])} trước"
    left_out = case.left_out([need["of"]])
    words = f"Đã được tặng {case.named(need['of'])}"
    return Finding(words, met, tuple(held), missing, int(not met), is_step=met is False, left_out=left_out)


def since(case, need) -> Finding:
    """So many whole years since the award after which the criterion counts, and on which no gift of this one rests yet."""
    words, after = f"Đã qua {times(need['least'], 'năm')} từ khi được tặng", case.after
    spent = _last_gift(case) if after else None
    if spent:
        after = tuple(row for row in case.awards(after[0].award) if row.counts and row.year > spent.year)[:1]
    if spent and not after:
        words += f" – đã tính khi tặng {case.named(case.award)} năm {spent.year}"
        return Finding(words, False, case.after, f"được tặng {case.short(case.after[0].award)} lần nữa", need["least"])
    given = [row for row in after if row.decided_on]
    if not given:
        return Finding(words, None, after, "chưa rõ ngày quyết định")
    past = full_years(given[-1].decided_on, case.day)
    lack = max(need["least"] - past, 0)
    words += f" (mới qua {past} năm)" if lack else ""
    return Finding(words, not lack, (given[-1],), (lack and f"thêm {times(lack, 'năm')}") or "", lack)


def _last_gift(case):
    """The last time that this award was given for what came before it; None where what it comes after was given later."""
    own = case.awards(case.award) if case.book.principle("spent-years") else []
    return own[-1] if own and own[-1].year >= case.after[0].year and own[-1] != case.after[0] else None
