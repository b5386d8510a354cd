"""What may be recorded of a year: not of one that is not over, but for ratings that are decided before it ends."""

from datetime import date

from ..catalogue.book import book_of

# Nobody is commended today for what was before.
FIRST_YEAR = 1945


def fault_of_year(year: int, today: date, *, rated: bool = False) -> str:
    """Why nothing of ``year`` can be recorded on ``today``; ``rated``: a rating, which a year has from its last month on."""
    if not FIRST_YEAR <= year <= today.year:
        return f"Năm {year} không đúng. Hãy ghi năm từ {FIRST_YEAR} đến {today.year}."
    if not rated or year < today.year:
        return ""
    rule = book_of(today).the("rated_from")
    if rule and today.month >= rule.value:
        return ""
    since = f" Xếp loại năm {year} ghi được từ tháng {rule.value}/{year}." if rule else ""
    return f"Năm {year} chưa kết thúc nên chưa có xếp loại.{since}"


def faults_of_team(team) -> dict[str, str]:
    """{field: what is wrong}: no more people can have done something than there are."""
    counted = {name: getattr(team, name) for name in ("completed", "ldtt", "cstdcs", "warned")}
    words = f"Lớn hơn số người của tập thể ({team.members}). Hãy kiểm tra lại."
    return {name: words for name, number in counted.items() if number is not None and number > team.members}
