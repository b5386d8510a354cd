"""What cannot be of a case that was typed: parts without the whole, days run backwards, years rated twice or yet to come."""

from collections.abc import Iterator, Mapping

# Of a collective's people: those who can be no more than others.
_WITHIN = (("t_ldtt", "t_completed", "hoàn thành nhiệm vụ"), ("t_cstdcs", "t_ldtt", "đạt “Lao động tiên tiến”"))


def faults_of(typed: Mapping, rated: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(field, what is wrong with it) of ``typed``, the cleaned fields; ``rated``: the levels of ratings with their labels."""
    yield from _people(typed)
    yield from _days(typed, "pt_do", "pt_tu", "pt_den", "phong trào")
    yield from _days(typed, "kl", "kl_tu", "kl_den", "việc này")
    yield from _ratings(typed, rated)
    yield from _years(typed)


def _people(typed):
    parts = [name for name in typed if name.startswith("t_") and name != "t_members" and typed[name] is not None]
    whole = typed.get("t_members")
    if parts and whole is None:
        yield "t_members", "Hãy ghi tổng số người của tập thể."
        return
    for name in parts:
        if typed[name] > whole:
            yield name, f"Nhiều hơn tổng số người ({whole}). Hãy kiểm tra lại."
    for part, of, words in _WITHIN:
        if None not in (typed.get(part), typed.get(of)) and typed[of] < typed[part] <= whole:
            yield part, f"Nhiều hơn số người {words} ({typed[of]}). Hãy kiểm tra lại."


def _days(typed, kind, begins, ends, whose):
    if typed.get(begins) and typed.get(ends) and typed[ends] < typed[begins]:
        yield ends, "Ngày kết thúc sớm hơn ngày bắt đầu. Hãy sửa lại một trong hai ngày."
    if not typed.get(kind):
        return
    if begins in typed and not typed[begins]:
        yield begins, f"Hãy ghi ngày bắt đầu của {whose}."
    if kind == "pt_do" and ends in typed and not typed[ends]:
        yield ends, f"Hãy ghi ngày kết thúc của {whose}."


def _ratings(typed, rated):
    there = {}
    for level, label in rated.items():
        for year in typed.get(f"x_{level}") or ():
            if there.setdefault(year, label) != label:
                yield f"x_{level}", f"Năm {year} đã ghi ở «{there[year]}». Mỗi năm chỉ có một mức xếp loại."


def _years(typed):
    """What lies after the last year that is looked at counts for nothing: better told than passed over."""
    last = typed.get("nam")
    for name, years in typed.items():
        later = [year for year in years or () if last and year > last] if name.startswith(("d_", "x_", "s_")) else []
        if later:
            yield (
                name,
                f"Năm {later[0]} sau năm cuối được xét ({last}). Hãy bỏ năm đó, hoặc sửa «Xét thành tích đến hết năm».",
            )
