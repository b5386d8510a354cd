"""What of a campaign does not hold together: its days, what it rests on, what is missing, the paper that launches it."""

from datetime import MAXYEAR, date

from .models import Campaign

State = Campaign.State
# What may still be put right after the launch; dates change by an adjustment, with a paper. Kinds are added, not taken away.
AFTER_LAUNCH = ["follower", "quota_collectives", "quota_people", "asked_kinds"]
# The days of a campaign, by the names of its fields.
DATES = ("begins_on", "ends_on", "interim_on", "final_on", "nominations_until")
# What each is called where it stands by itself.
DAY_NAMES = {
    "begins_on": "Ngày bắt đầu",
    "ends_on": "Ngày kết thúc",
    "interim_on": "Ngày sơ kết",
    "final_on": "Ngày tổng kết",
    "nominations_until": "Hạn gửi hồ sơ khen thưởng",
}
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


# --- Days


def faults_of_dates(days: dict) -> dict[str, str]:
    """{name: what is wrong with it} of ``DATES``, as far as they are known."""
    found = {name: OUTSIDE for name in DATES if days.get(name) and not FIRST_DAY <= days[name] <= LAST_DAY}
    begins, ends = days.get("begins_on"), days.get("ends_on")
    return found or (_faults_of_order(days, begins, ends) if begins and ends else {})


OUTSIDE = f"Ngày phải trong khoảng {FIRST_DAY:%d/%m/%Y} – {LAST_DAY:%d/%m/%Y}."


def _faults_of_order(days, begins, ends):
    found = {}
    if ends < begins:
        found["ends_on"] = f"Ngày kết thúc phải từ ngày bắt đầu ({begins:%d/%m/%Y}) trở đi."
    for name, words in (
        ("interim_on", "Ngày sơ kết"),
        ("final_on", "Ngày tổng kết"),
        ("nominations_until", "Hạn gửi hồ sơ"),
    ):
        if days.get(name) and days[name] < begins:
            found[name] = f"{words} phải từ ngày bắt đầu ({begins:%d/%m/%Y}) trở đi."
    if days.get("interim_on") and days["interim_on"] > ends:
        found.setdefault("interim_on", f"Ngày sơ kết không được sau ngày kết thúc ({ends:%d/%m/%Y}).")
    if days.get("interim_on") and days.get("final_on") and days["final_on"] < days["interim_on"]:
        found.setdefault("final_on", f"Ngày tổng kết không được trước ngày sơ kết ({days['interim_on']:%d/%m/%Y}).")
    return found


def doubts_on(campaign, parents) -> list[str]:
    """Where a campaign does not fit what it rests on, in words; each may be overruled with a reason."""
    found = []
    for parent in parents:
        if not parent.is_going_on:
            found.append(f"«{parent}» {state_words(parent)}.")
        if campaign.begins_on < parent.begins_on or campaign.ends_on > parent.ends_on:
            found.append(f"Thời gian ra ngoài thời gian của «{parent}» ({parent.span}).")
    return found


def state_words(campaign) -> str:
    """Its state as it stands in a sentence: «X» đang hoãn, dừng."""
    return "đang hoãn" if campaign.state == State.POSTPONED else campaign.get_state_display().lower()


def fault_of_year(day: date) -> str:
    """Why nothing is reviewed or met on ``day``; nothing where its year can be meant."""
    if FIRST_DAY <= day <= LAST_DAY:
        return ""
    return f"Hãy ghi ngày trong khoảng từ năm {FIRST_DAY.year} đến năm {LAST_DAY.year}."


# --- Launching


def faults_of(campaign) -> list[str]:
    """What keeps a draft from being launched, in words."""
    needed = [
        ("contents", "nội dung thi đua"),
        ("criteria", "tiêu chí, tiêu chuẩn"),
        ("participants", "đối tượng tham gia"),
    ]
    missing = [words for name, words in needed if not getattr(campaign, name).strip()]
    if campaign.level != Campaign.Level.UNIT and not campaign.asked_kinds:
        missing.append("loại đơn vị được đề nghị hưởng ứng")
    return [f"Chưa ghi {', '.join(missing)}."] if missing else []


# --- After the launch


def _years_after(day: date, years: int) -> int:
    if day.year + years > MAXYEAR:
        return date.max.toordinal() + 2
    return years_after(day, years).toordinal()


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 1 March for a 29 February that is none."""
    year = day.year + years
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
