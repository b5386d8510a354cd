"""Campaigns of the province as ``campaigns.toml`` tells them, with what units launched on their basis."""

import tomllib
from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone

from campaigns.models import Campaign, LaunchDuty
from documents.models import Document, DocumentType, Duty
from documents.sample.life import moment, reader
from units.models import Unit

from ..campaign.papers import named
from ..launches import actions as launching
from ..launches import duties as launch_duties

SOURCE = Path(__file__).with_name("campaigns.toml")
WORDS = {
    "aims": "Khơi dậy tinh thần thi đua yêu nước; phấn đấu hoàn thành và vượt các chỉ tiêu được giao.",
    "contents": (
        "1. Hoàn thành đúng hạn, có chất lượng nhiệm vụ chuyên môn được giao.\n"
        "2. Đẩy mạnh cải cách hành chính, sáng kiến, chuyển đổi số.\n"
        "3. Thực hành tiết kiệm, chống lãng phí; chăm lo an sinh xã hội."
    ),
    "criteria": (
        "1. Hoàn thành từ 95 % chỉ tiêu đăng ký trở lên.\n"
        "2. Có ít nhất một sáng kiến, mô hình được công nhận.\n"
        "3. Nội bộ đoàn kết, không có vi phạm."
    ),
    "participants": "Tập thể, cá nhân trong các cơ quan, đơn vị, địa phương được đề nghị hưởng ứng",
}
FACTS = ["name", "kind", "begins_on", "ends_on", "interim_on", "final_on", "nominations_until"]
QUOTAS = ["quota_collectives", "quota_people"]


def rows() -> list[dict]:
    """What the file says, a campaign each."""
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))["campaign"]


def make(people) -> dict[str, Campaign]:
    """{key: campaign} of all of the province; those that were missing come with what units launched."""
    found = {}
    for number, row in enumerate(rows()):
        paper = _paper(row)
        known = Campaign.objects.filter(document=paper, sample=True).first()
        found[row["key"]] = known or _launched(row, paper, people["chuyenvien"], number)
    _tie(found, people["chuyenvien"])
    return found


def _paper(row):
    """The launch in the register; one that is not public is invented and says so."""
    day = row["paper_day"]
    papers = Document.objects.filter(origin=Document.Origin.CITED, issuer_unit__code="ubnd-tinh")
    known = papers.filter(reference=row["reference"], year=day.year).first()
    return known or Document.objects.create(
        origin=Document.Origin.CITED,
        type=DocumentType.objects.get(code="KH" if "KH" in row["reference"] else "PĐ"),
        reference=row["reference"],
        issuer_name="UBND tỉnh",
        issuer_unit=Unit.objects.get(code="ubnd-tinh"),
        subject=f"phát động {row['name'][:1].lower()}{row['name'][1:]}",
        year=day.year,
        month=day.month,
        day=day.day,
        note="Văn bản minh họa: số, ngày và nội dung do người làm chương trình đặt ra.",
        sample=True,
    )


def _launched(row, paper, officer, number):
    """One campaign of the province on the day of its paper, and what units launched in the weeks after."""
    facts = {name: row.get(name) for name in FACTS + QUOTAS if row.get(name) is not None}
    draft = Campaign(
        unit=Unit.objects.get(code="ubnd-tinh"),
        scope=Campaign.Scope.PROVINCE,
        asked_kinds=row["kinds"],
        author=officer,
        follower=officer,
        sample=True,
        **facts,
        **WORDS,
    )
    with moment(row["paper_day"], 8):
        launching.save(draft, by=officer)
        campaign = launching.launch(draft, by=officer, paper=paper, day=row["paper_day"])
    # Who issues papers in the program has its own series of numbers.
    free = [unit for unit in asked(campaign) if not unit.papers.filter(origin=Document.Origin.OURS).exists()]
    for place, unit in enumerate(free[: row["launched_by"]]):
        _take_up(campaign, unit, place, number)
    return campaign


def asked(campaign) -> list[Unit]:
    """The units that are asked, those with an account of the demonstration last: their people launch themselves."""
    units = list(campaign.asked_units().order_by("sort_text", "pk"))
    return sorted(units, key=lambda unit: unit.users.filter(is_active=True).exists())


def _take_up(parent, unit, place, number):
    """A campaign of ``unit`` on the basis of ``parent``, launched some days later."""
    day = min(parent.launched_on + timedelta(days=5 + (place * 7 + number * 3) % 40), parent.ends_on)
    user = active_reader(unit, place + number)
    if day > timezone.localdate():
        return
    with moment(day):
        draft = launching.take_up([parent], by=user)
        Campaign.objects.filter(pk=draft.pk).update(sample=True)
        draft.participants = "Công chức, viên chức, người lao động"
        launching.save(draft, by=user, parents=[parent])
        launching.launch(draft, by=user, paper=_paper_of(unit, day, draft), day=day)


def active_reader(unit, number):
    """Somebody of ``unit``, who may act in the sample though nobody can open the account of an invented person."""
    user = reader(unit, number)
    user.is_active = True
    return user


def _paper_of(unit, day, draft):
    """The unit's own launch, invented; its number runs with the days, and no two papers of a unit bear one."""
    symbol = unit.symbol or "ĐV"
    return Document.objects.create(
        origin=Document.Origin.CITED,
        type=DocumentType.objects.get(code="KH"),
        reference=f"{day.timetuple().tm_yday:02d}/KH-{symbol}",
        issuer_name=unit.name,
        issuer_unit=unit,
        subject=f"phát động {named(draft)}"[:480],
        year=day.year,
        month=day.month,
        day=day.day,
        note="Văn bản minh họa.",
        sample=True,
    )


def _tie(found, officer):
    """The seed letter's point 1.a is done by launching on the basis of the province's two campaigns of 2020."""
    duty = (
        Duty.objects.filter(document__symbol="UBND-KGVX", document__year=2020, clause="1.a")
        .order_by("position")
        .first()
    )
    if duty and not LaunchDuty.objects.filter(duty=duty).exists():
        with moment(date(2020, 3, 2)):
            launch_duties.tie(duty, [found["1365"], found["43"]], by=officer)
