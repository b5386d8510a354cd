"""Part 2 of the letter of February 2020, played by pages: the plan of 2019, three units, the congress of the province.

One unit is of health and reduces; one chooses «Đại hội Thi đua yêu nước»; one postpones past the window and is refused. The
congress has its list from below, checks people in, honours, is told of.
"""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from awards.models import Award, Decision
from conferences.events.models import OF_EVENT, Paper
from conferences.models import Change, Delegate, Door, Event, Plan, Scan
from conferences.overview.papers import SUMMARY
from documents.areas.papers import name_of
from documents.models import Document, DocumentType
from tests.awards.conftest import give, make_recipient, plain_catalogue, types  # noqa: F401  fixtures
from tests.conftest import make_unit, make_user
from units.models import Role, Unit

from .door.watched import all_sent, open_door_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STATE = Event.State
PAPER = re.compile(r"/van-ban/\d+/")


class Clock:
    """The day that the story has come to."""

    def __init__(self):
        self.day = date(2019, 7, 1)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """The days of the story."""
    clock = Clock()
    monkeypatch.setattr(
        "django.utils.timezone.localdate", lambda value=None, timezone=None: value.date() if value else clock.day
    )
    return clock


def cited(number, code, day, subject):
    """A paper of the province that the register holds."""
    return Document.objects.create(
        origin=Document.Origin.CITED, type=DocumentType.objects.get(code=code), reference=number, subject=subject,
        issuer_name="UBND tỉnh Lạng Sơn", year=day.year, month=day.month, day=day.day,
    )  # fmt: skip


class Desk:
    """One person before a page."""

    def __init__(self, page):
        self.page = page

    def open(self, name, *keys):
        """The page of an address."""
        self.page.goto(reverse(name, args=keys))
        return self

    def press(self, words, then=None):
        """Press what is called so, the first of it; wait for the page to say ``then``, which it did not say before."""
        main = self.page.locator("main")
        if then:
            expect(main).not_to_contain_text(then)
        named = re.compile(rf"^{re.escape(words)}$")
        main.get_by_role("button", name=named).or_(main.get_by_role("link", name=named)).first.click()
        if then:
            expect(main).to_contain_text(then)
        return self

    def unfold(self, words):
        """Open the form of a step where it is folded."""
        summary = self.page.locator("summary", has_text=words).first
        if summary.count() and not summary.evaluate("one => one.parentElement.open"):
            summary.click()
        return self

    def type(self, **facts):
        """Type into fields by their names; a day is typed as it is written here."""
        for name, value in facts.items():
            day = isinstance(value, date)
            self.page.fill(f"[name='{name}']", f"{value:%d/%m/%Y}" if day else str(value))
            if day:
                self.page.keyboard.press("Escape")
        return self

    def tick(self, name, *values):
        """Tick boxes, or one of several."""
        for value in values:
            self.page.check(f"[name='{name}'][value='{value}']")
        return self

    def reads(self, words):
        """Wait for the page to say so."""
        expect(self.page.locator("main")).to_contain_text(words)


@pytest.fixture
def desk_of(open_page, login):
    """A function: the page of a person who has logged in."""
    return lambda user: Desk(login(open_page(1366, 768), user))


def make_plan(desk, paper):
    """The plan, its three windows, its contents, issued by 125/KH-UBND."""
    desk.open("new_plan").type(
        name="Hội nghị biểu dương điển hình tiên tiến các cấp và Đại hội Thi đua yêu nước tỉnh Lạng Sơn lần thứ V",
        number=5, national=10, serves_from=2015, serves_until=2020, recognised_from=date(2015, 9, 1), share_woman=30,
    )  # fmt: skip
    desk.press("Lưu", "Đang lập")
    plan = Plan.objects.get()
    for name, kinds, begins, ends in (
        ("Cơ sở", ["commune"], date(2020, 1, 1), date(2020, 3, 31)),
        ("Trên cơ sở", ["department"], date(2020, 4, 1), date(2020, 6, 30)),
        ("Tỉnh", [], date(2020, 7, 1), date(2020, 9, 30)),
    ):
        desk.open("new_level", plan.pk).type(name=name, begins_on=begins, ends_on=ends)
        desk.tick("unit_kinds", *kinds)
        if kinds:
            desk.type(sent_up=2)
        else:
            desk.page.check("[name=is_congress]")
        desk.press("Lưu").page.wait_for_url(lambda url: url.endswith(plan.get_absolute_url()))
    desk.open("edit_required", plan.pk)
    desk.page.locator("[name$=-content]").first.fill("Báo cáo kết quả phong trào thi đua 5 năm")
    desk.page.locator("select[name$=-kind]").first.select_option("programme")
    desk.page.locator("[name$=-minutes]").first.fill("30")
    desk.press("Lưu").page.wait_for_url(lambda url: url.endswith(plan.get_absolute_url()))
    desk.open("plan", plan.pk).unfold("Ghi đã ban hành").type(paper=paper.reference).press(
        "Ghi đã ban hành", "Đã ban hành"
    )
    return plan


def begin(desk, unit, form, day, people):
    """The conference of the unit under the plan, made ready."""
    desk.open("conferences").page.locator(f"main a[href$='?don-vi={unit.pk}']").click()
    desk.tick("form", form).type(day=day, place="Hội trường", begins_at="08:00", chair="Vi Văn Chủ").press(
        "Lưu", "Đã lập"
    )
    event = Event.objects.latest("pk")
    desk.open("edit_headcounts", event.pk).type(**{"number-official": people, "cost-official": 150_000})
    desk.press("Lưu", "Đã lưu")
    desk.open("conference", event.pk).press("Sẵn sàng tổ chức", "Đã sẵn sàng")
    return event


def change(desk, event, kind, **facts):
    """Reduce or postpone: what is typed, then what depends on it, then done."""
    desk.page.goto(f"{reverse('change_conference', args=[event.pk])}?viec={kind}")
    if desk.page.locator("[name=keeps]").count():
        desk.page.check("[name=keeps]")
    return desk.type(**facts).press("Xem ảnh hưởng")


def hold_and_report(desk, event, came):
    """It took place, and its unit tells of it."""
    desk.open("hold_conference", event.pk).type(**{"came-official": came}).press("Lưu", "Đã ghi. Nay báo cáo")
    desk.open("report_conference", event.pk).type(results="Biểu dương 12 điển hình.").press(
        "Báo cáo kết quả", "Đã báo cáo"
    )


def told_in(paper) -> str:
    """All that a paper says, with what is behind it."""
    return "\n".join([paper.body, *paper.appendices.values_list("body", flat=True)])


def test_from_the_plan_of_2019_to_the_congress(
    today,
    desk_of,
    open_page,
    page_errors,
    officer,
    province,
    hospital,
    types,  # noqa: F811
    live_server,
    settings,
    monkeypatch,
):
    commune = make_unit("xa-ba-son", "UBND xã Ba Sơn", kind=Unit.Kind.COMMUNE)
    justice = make_unit("so-tu-phap", "Sở Tư pháp", kind=Unit.Kind.DEPARTMENT, symbol="STP")
    users = {unit: make_user(f"dv-{unit.code}", f"Người của {unit}", Role.UNIT_OFFICER, unit)
             for unit in (commune, hospital, justice)}  # fmt: skip
    people = {unit: make_recipient(name=name, unit=unit, gender="female")
              for unit, name in ((commune, "Đặng Thị Ánh"), (hospital, "Nông Thị Bình"))}  # fmt: skip
    for person in people.values():
        give(person, "BKT", 2018, officer)
    kh = cited("125/KH-UBND", "KH", date(2019, 7, 17), "tổ chức Hội nghị biểu dương điển hình tiên tiến các cấp")
    letter = cited("187/UBND-KGVX", "CV", date(2020, 2, 26), "tổ chức Hội nghị tổng kết, Hội nghị biểu dương")

    today.day = date(2019, 7, 20)
    office = desk_of(officer)
    plan = make_plan(office, kh)
    assert plan.levels.count() == 3

    # The commune chooses «Đại hội Thi đua yêu nước»; nobody else may.
    today.day = date(2020, 2, 3)
    own = desk_of(users[commune])
    of_commune = begin(own, commune, "congress", date(2020, 3, 12), 120)
    assert of_commune.name.startswith("Đại hội Thi đua yêu nước")
    office.open("conference", of_commune.pk)
    assert not office.page.get_by_role("link", name="Đổi hình thức").count()

    # The unit of health reduces by itself, within its window; what was planned stays beside it.
    today.day = date(2020, 2, 27)
    health = desk_of(users[hospital])
    of_health = begin(health, hospital, "models", date(2020, 5, 20), 300)
    change(
        health,
        of_health,
        "reduce",
        **{"number-official": 80},
        paper=letter.reference,
        reason="Tập trung phòng, chống dịch",
    )
    health.press("Xác nhận", "Đã ghi")
    head = of_health.headcounts.get(role="official")
    assert (head.first, head.number, Change.objects.get(event=of_health).state) == (300, 80, Change.State.DONE)

    # Another postpones past the window: refused, and it stays where it was.
    third = desk_of(users[justice])
    of_justice = begin(third, justice, "good", date(2020, 6, 10), 90)
    change(third, of_justice, "postpone", new_day=date(2020, 7, 15), reason="Dịch bệnh diễn biến phức tạp")
    third.reads("30/06/2020")
    page_errors.foreseen.add("422")
    of_justice.refresh_from_db()
    assert of_justice.day == date(2020, 6, 10)
    assert not Change.objects.filter(event=of_justice).exists()

    # The congress, begun by the department; those below choose whom they send.
    congress = begin(office, province, "congress", date(2020, 9, 9), 180)
    for desk, event, day, came in (
        (own, of_commune, date(2020, 3, 12), 118),
        (health, of_health, date(2020, 5, 20), 80),
    ):
        today.day = day
        hold_and_report(desk, event, came)
        desk.open("upward", event.pk).press("Chọn đại biểu")
        desk.tick("nguoi", people[event.unit].pk).press("Thêm người đã đánh dấu", "Đã thêm 1 người")
        desk.press("Gửi danh sách lên cấp trên", "Đã gửi danh sách")
    assert Event.objects.filter(state=STATE.REPORTED).count() == 2
    for delegation in congress.delegations.all():
        office.open("delegation", delegation.pk).press("Chốt danh sách đoàn", "Đã chốt danh sách")
    chosen = Delegate.objects.filter(event=congress, state=Delegate.State.ACCEPTED)
    assert {(row.name, row.award.type.code) for row in chosen} == {("Đặng Thị Ánh", "BKT"), ("Nông Thị Bình", "BKT")}
    office.open("composition", congress.pk)
    office.reads("100")

    # Honoured there: what one of them has, and what the other is handed there; then people come in by their cards, one by name.
    today.day = date(2020, 9, 1)
    handed = give(people[hospital], "LDTT", 2020, officer, day=date(2020, 8, 20))
    Decision.objects.filter(pk=handed.decision_id).update(unit=province)
    office.open("honours", congress.pk).press("Chọn từ khen thưởng")
    office.tick("chon", Award.objects.get(recipient=people[commune]).pk, handed.pk).press(
        "Thêm vào danh sách tôn vinh", "Đã thêm 2 "
    )
    office.tick("dong", congress.honours.get(award=handed).pk).press("Trao tại hội nghị", "Người trao")
    office.open("honours", congress.pk).press("Soạn lời dẫn").page.wait_for_url(PAPER)
    office.open("cards", congress.pk).unfold("Cấp số và mã thẻ").press("Cấp số và mã thẻ", "In thẻ chưa in")
    today.day = date(2020, 9, 9)
    past, true_now = date.today() - today.day, timezone.now  # a door opens and closes by the clock
    monkeypatch.setattr("django.utils.timezone.now", lambda: true_now() - past)
    now = timezone.localtime(timezone.now())
    office.open("new_door", congress.pk).type(name="Cửa 1")
    for name, moment in (("since", now - timedelta(hours=1)), ("until", now + timedelta(hours=3))):
        office.type(**{f"{name}_0": moment.date(), f"{name}_1": f"{moment:%H:%M}"})
    office.press("Mở cửa", "Đã mở cửa")
    settings.PUBLIC_ADDRESS = live_server.url
    phone = open_page(390, 844)
    open_door_page(phone, Door.objects.get().address, 2)
    for words in (chosen.get(name="Đặng Thị Ánh").code[3:], "nong thi binh"):
        phone.fill("#text", words)
        phone.press("#text", "Enter")
        if " " in words:
            phone.locator("#found button").first.click()
        phone.get_by_text("Mời vào").wait_for()
    all_sent(phone)
    assert Scan.objects.filter(event=congress, fault="").count() == 2
    assert set(chosen.exclude(first_scan=None).values_list("name", flat=True)) == {"Đặng Thị Ánh", "Nông Thị Bình"}
    hold_and_report(office, congress, 2)
    congress.refresh_from_db()
    assert (congress.state, congress.held_on) == (STATE.REPORTED, date(2020, 9, 9))
    assert [(row.name, row.award.type.code) for row in congress.honours.all()] == [
        ("Đặng Thị Ánh", "BKT"), ("Nông Thị Bình", "LDTT"),
    ]  # fmt: skip
    office.open("hold_honours", congress.pk).press("Lưu", "Đã ghi kết quả trao")
    assert (handed.presented.taken, handed.presented.occasion.state) == ("self", "held")

    # Told of: the congress, and the whole of the plan with the unit that has not held its own.
    office.open("conference_papers", congress.pk).press("Soạn: Báo cáo kết quả")
    office.page.wait_for_url(PAPER)
    report = OF_EVENT.of(congress.pk).first()
    assert (name_of(report), "trao 01 khen thưởng" in told_in(report)) == (Paper.REPORT, True)
    office.open("plan_figures", plan.pk).press("Soạn báo cáo tổng hợp")
    office.page.wait_for_url(PAPER)
    summary = told_in(SUMMARY.of(plan.pk).get())
    assert all(words in summary for words in ("Sở Tư pháp", "Tập trung phòng, chống dịch", congress.name))
    office.open("plan_progress", plan.pk)
    office.reads("Sở Tư pháp")
