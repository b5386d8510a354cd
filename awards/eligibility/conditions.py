"""The other conditions: a need that a row states, and a case, in; met, not met or not known, and why, out.

``CONDITIONS`` names them all; conditions that ask years stand in ``years``.
"""

from datetime import timedelta
from fractions import Fraction

from ..catalogue.values import REGULAR, amount_of
from .case import Finding, NotCounted, full_years, times
from .facts import CLASS_WORDS, SCOPE_WORDS, SCOPES, TENURE_WORDS, Movement
from .fairness import years_in_office
from .terms import in_class, in_service, months_of, years_of
from .years import count, holds, in_succession, run, since

# --- Of persons, collectives, movements

_THINGS = {"initiative": "sáng kiến", "topic": "đề tài, đề án, công trình khoa học"}


def initiative(case, need) -> Finding:
    """So many initiatives, or topics, of a scope, not used for another award."""
    kind, scope, least = need.get("kind", "initiative"), need["of"], need["least"]
    first = {"year": case.year, "run": case.first}.get(need.get("within"), 0)
    alike = [row for row in case.facts.initiatives if row.kind == kind and row.year <= case.year]
    reasons = [(row, _why_no_initiative(case, row, scope, first)) for row in alike]
    found = tuple(row for row, why in reasons if not why)
    lack, thing = max(least - len(found), 0), f"{_THINGS[kind]} {SCOPE_WORDS[scope]}"
    words = f"Có {times(least, thing)} được công nhận"
    words += ", chưa dùng để xét" if case.book.principle("initiative-once") else ""
    left_out = tuple(NotCounted(row, _THINGS[kind].capitalize(), why) for row, why in reasons if why)
    return Finding(words, not lack, found, (lack and times(lack, thing)) or "", lack, left_out=left_out)


def _why_no_initiative(case, row, scope, first) -> str:
    """Why it is not counted; nothing where it is."""
    if SCOPES[row.scope] < SCOPES[scope]:
        return f"mới {SCOPE_WORDS[row.scope]}"
    if row.year < first:
        return "ngoài thời gian xét"
    if row.recognised_on and row.recognised_on > case.day:
        return "công nhận sau ngày xét"
    if case.book.principle("initiative-once") and row.used_for not in (None, (case.award, case.year)):
        award, year = row.used_for
        return f"đã dùng để xét {case.short(award)} năm {year}"
    return ""


_IN_TEAM = {
    "ldtt": ("ldtt", "đạt “Lao động tiên tiến”"),
    "cstt": ("ldtt", "đạt “Chiến sĩ tiên tiến”"),
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


_ORGANISERS = {
    "province": "tỉnh",
    "ministry": "bộ, ban, ngành",
    "nation": "Hội đồng Thi đua - Khen thưởng Trung ương",
    "district": "huyện",
}


def leads(case, need) -> Finding:
    """Leads a cluster of the year, organised by the province, a ministry or the central council."""
    by = _ORGANISERS[need["of"]]
    words = f"Dẫn đầu cụm, khối thi đua do {by} tổ chức năm {case.year}"
    led = case.facts.led.get(case.year)
    met = None if led is None else led == need["of"]
    told = tuple(row for row in case.facts.places if row.year == case.year)
    return Finding(words, met, told, "" if met else f"dẫn đầu cụm, khối do {by} tổ chức", int(not met))


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
    is_open = found.by == Movement.CENTRAL and bool(Movement.STATE & set(by or ()))
    if by and found.by not in by and not is_open:
        wrong.append(f"phong trào do {found.by_words} phát động")
    if lasted < least:
        wrong.append(f"thực hiện mới {lasted} năm")
    if at and found.at not in at:
        wrong.append(f"đang {Movement.AT.get(found.at, 'thực hiện')}")
    chosen = found.is_first if need["of"] == "first" else found.is_chosen
    met = False if wrong or chosen is False else None if is_open else chosen
    missing = "" if met is not None else "xem cơ quan nào phát động" if is_open else f"xem ai được chọn: {done.lower()}"
    return Finding(words + (f" – {'; '.join(wrong)}" if wrong else ""), met, (found,), missing, int(not met))


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


def tenure(case, need) -> Finding:
    """So many years in a service; those in places of hardship count so many times as the day's rule says (``factor``)."""
    code, least, most = need["of"], need.get("least", 0), need.get("most")
    terms = in_service(case.facts.terms, code)
    words = (
        f"Có thời gian {TENURE_WORDS[code]} từ {times(least, 'năm')} trở lên"
        if least
        else f"Có thời gian {TENURE_WORDS[code]}"
    )
    words += f", dưới {times(most + 1, 'năm')}" if most is not None else ""
    years, factor = case.facts.tenures.get(code), case.book.the("factor", case.award)
    years = years_of(terms, case.day) if years is None and terms else years
    if years is None:
        return Finding(words, None, (), f"chưa rõ thời gian {TENURE_WORDS[code]}")
    hard = case.facts.hard_tenures.get(code, years_of([row for row in terms if row.is_hard], case.day)) if factor else 0
    years += hard * (amount_of(factor.value) - 1) if hard else 0
    lack = max(least - int(years), 0)
    met = not lack and (most is None or int(years) <= most)
    words += f" (có {int(years)} năm" + (f", trong đó {hard} năm nhân hệ số {factor.value}" if hard else "") + ")"
    return Finding(words, met, terms, (lack and f"thêm {times(lack, 'năm')} {TENURE_WORDS[code]}") or "", lack)


def in_office(case, need) -> Finding:
    """So many years in offices of a class or a higher one, of which a woman is asked for less where the day's rule says so.

    Offices that were held at once count once, as the highest of them; time in a higher one is added to a lower one.
    """
    code, least, is_woman = need["of"], need["least"], bool(case.facts.is_woman)
    asked = years_in_office(case.book, least, is_woman)
    terms = in_class(case.facts.terms, code)
    words = f"Giữ chức vụ {CLASS_WORDS[code]} từ {times(least, 'năm')} trở lên"
    words += f" (nữ: từ {_years_and_months(asked)})" if asked != least else ""
    typed = case.facts.tenures.get(code)
    if typed is None and not terms:
        return Finding(words, None, (), f"chưa rõ thời gian giữ chức vụ {CLASS_WORDS[code]}")
    held = Fraction(months_of(terms, case.day), 12) if typed is None else Fraction(typed)
    lack = max(asked - held, 0)
    words += f" – đã giữ {_years_and_months(held)}"
    return Finding(
        words,
        not lack,
        terms,
        (lack and f"thêm {_years_and_months(lack)} giữ chức vụ") or "",
        lack.__ceil__() if lack else 0,
    )


def _years_and_months(years) -> str:
    """``06 năm 08 tháng``; months that are begun count as whole ones, for they are what is asked."""
    years, months = divmod((years * 12).__ceil__(), 12)
    return " ".join(
        filter(None, (times(years, "năm") if years or not months else "", times(months, "tháng") if months else ""))
    )


def outside(case, need) -> Finding:
    """Is not one of those for whom the law has a way of their own."""
    return Finding(need["words"], need["of"] not in case.facts.groups)


# Who confirms this looks at the posts that were held.
_LONG_SERVICE = "cong-hien"


def attested(case, need) -> Finding:
    """What cannot be counted: the unit, or a person in charge, says so."""
    met = case.facts.attested.get(need["of"])
    missing = f"xác nhận «{need['words']}»" if need.get("hard") and met is None else ""
    seen = in_class(case.facts.terms) if need["of"] == _LONG_SERVICE else ()
    return Finding(need["words"], met, seen, missing, int(met is False), by_word=not need.get("hard"))


# --- Of every award


def not_twice(case, need) -> Finding:
    """Nothing is commended twice: the same award of the same year, another for the same deed."""
    same = [row for row in case.facts.held if not row.lost_on(case.day)]
    again = [row for row in same if (row.award, row.year, row.route) == (case.award, case.year, case.route)]
    deed = [row for row in same if case.deed and row.deed == case.deed]
    # One form may be given again for something else: what both were for tells them apart.
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
        if is_state_form(case.book, row.award) and row.route == REGULAR and not row.lost_on(case.day)
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


def once(case, need) -> Finding:
    """Is given once in a life."""
    found = tuple(case.awards(case.award))
    words = f"Chưa được tặng {case.named(case.award)} lần nào"
    return Finding(words, not found and (None if case.facts.known_from else True), found)


def undisciplined(case, need) -> Finding:
    """Was never under discipline in an office; where no office is recorded a person looks up when they were held."""
    found = tuple(row for row in case.facts.pauses if row.kind == "discipline" and row.since <= case.day)
    words = "Không bị kỷ luật trong thời gian giữ chức vụ lãnh đạo, quản lý"
    if found and (offices := in_class(case.facts.terms)):
        then = {row: [term for term in offices if _meet(row, term)] for row in found}
        rests_on = tuple(fact for row, terms in then.items() if terms for fact in (row, *terms))
        apart = tuple(
            NotCounted(row, "Kỷ luật", "ngoài thời gian giữ chức vụ đã ghi") for row in found if not then[row]
        )
        return Finding(words, not rests_on, rests_on, left_out=apart)
    return Finding(
        words, None if found else True, found, (found and "đối chiếu kỷ luật với thời gian giữ chức vụ") or ""
    )


def _meet(one, other) -> bool:
    """Whether two periods share a day."""
    begins = max(filter(None, (one.since, other.since)), default=None)
    ends = min(filter(None, (one.until, other.until)), default=None)
    return begins is None or ends is None or begins <= ends


def not_dissolved(case, need) -> Finding:
    """No award for a body that is no more."""
    ended = case.facts.ended_on
    words = "Tập thể chưa giải thể" + (f" (giải thể {ended:%d/%m/%Y})" if ended else "")
    return Finding(words, not ended or ended > case.day)


CONDITIONS = {
    condition.__name__: condition
    for condition in (
        *(run, count, in_succession, holds, since, initiative, members, leads, movement, aged, anniversary, tenure),
        in_office,
        *(no_flags, outside, model, attested, not_twice, not_paused, once, undisciplined),
        *(one_state_form, one_flag, not_dissolved),
    )
}
