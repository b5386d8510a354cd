"""Five people at five machines: a unit registers and proposes, the department appraises, the council votes on a phone, the leader
approves, the clerk issues, the prize is paid.
"""

from datetime import date

import pytest
from django.urls import reverse

from awards.fund import heads
from awards.models import Award, Council, Dossier, Meeting, Member, Nomination, Payment, Rating
from tests.conftest import let_number_for, make_unit
from tests.days import TODAY
from units.models import Capacity, Official, Term, Unit

from .conftest import make_recipient

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("day_of_the_run"),
]
YEAR = TODAY.year - 1


@pytest.fixture
def province(types, so_noi_vu):
    """The province whose chairman decides, and whose numbers the department keeps."""
    unit = make_unit(
        "ubnd-tinh",
        "UBND tỉnh Mẫu",
        kind=Unit.Kind.PROVINCE,
        symbol="UBND",
        letterhead="ỦY BAN NHÂN DÂN\nTỈNH MẪU",
        place="Mẫu",
    )
    official = Official.objects.create(name="Hoàng Văn Mẫu")
    Term.objects.create(official=official, unit=unit, post="Chủ tịch", capacity=Capacity.OWN, since=date(2021, 1, 1))
    let_number_for(unit, so_noi_vu)
    heads.load()
    return unit


@pytest.fixture
def council(province, council_member):
    """Three members, of whom one has an account."""
    made = Council.objects.create(
        unit=province, name="Hội đồng mẫu", since=date(TODAY.year, 1, 1), citation="Quyết định số 12/QĐ-UBND"
    )
    for position, (name, user) in enumerate(
        [("Đinh Quang Phúc", council_member), ("Hoàng Văn Hai", None), ("Hoàng Văn Ba", None)], 1
    ):
        Member.objects.create(
            council=made, name=name, post="Sở Mẫu", is_standing=True, user=user, since=made.since, position=position,
            role=Member.Role.CHAIR if position == 1 else Member.Role.MEMBER,
        )  # fmt: skip
    return made


@pytest.fixture
def person(types, unit_officer):
    """Somebody of the unit who did well."""
    row = make_recipient(
        name="Nông Thị Mẫu", unit=unit_officer.unit, gender="female", post="Chuyên viên", position_class="direct"
    )
    Rating.objects.create(recipient=row, year=YEAR, level="excellent")
    return row


def test_from_a_registration_to_the_money(
    council, person, unit_officer, officer, leader, clerk, council_member, open_page, phone_page, login, types
):
    unit, desk = login(open_page(1366, 768), unit_officer), login(open_page(1366, 768), officer)

    # The unit registers,
    unit.goto(reverse("new_registration"))
    unit.fill("[name=year]", str(YEAR))
    unit.get_by_role("button", name="Lập bản đăng ký").click()
    unit.get_by_role("link", name="Thêm").click()
    unit.select_option("[name=type]", str(types["CSTDCS"].pk), force=True)
    unit.locator("#id_recipients-ts-control").fill("nong")
    unit.locator(".ts-dropdown .option", has_text="Nông Thị Mẫu").click()
    unit.get_by_role("button", name="Lưu").click()
    unit.get_by_role("button", name="Gửi Sở Nội vụ").click()
    unit.get_by_text("Đã gửi bản đăng ký").wait_for()

    # proposes, and hands in what is asked for.
    unit.goto(reverse("new_dossier"))
    unit.fill("[name=year]", str(YEAR))
    unit.fill("[name=subject]", "Khen thưởng cuối năm")
    unit.get_by_role("button", name="Lưu").click()
    unit.get_by_role("link", name="Thêm đề nghị").click()
    unit.fill("[name=recipient]", "Nông Thị Mẫu")
    unit.select_option("[name=type]", str(types["BKT"].pk), force=True)
    unit.get_by_role("button", name="Lưu", exact=True).click()
    unit.get_by_text("Đã thêm Nông Thị Mẫu.").wait_for()
    # Whether another is asked for is known when the page is whole.
    unit.wait_for_load_state()
    while unit.get_by_role("link", name="Thêm", exact=True).count():
        unit.get_by_role("link", name="Thêm", exact=True).first.click()
        unit.fill("[name=not_needed]", "Đã nộp bản giấy")
        unit.get_by_role("button", name="Lưu").click()
        unit.get_by_text("Đã thêm vào hồ sơ").wait_for()
        unit.wait_for_load_state()
    unit.get_by_role("button", name="Nộp hồ sơ").click()
    unit.get_by_text("Đã nộp hồ sơ cho Sở Nội vụ.").wait_for()
    dossier = Dossier.objects.get()
    row = dossier.nominations.get()

    # The department receives it, takes on whom the check does not find fit, and lays it before the council.
    desk.goto("/")
    desk.get_by_role("link", name="Khen thưởng cuối năm").first.click()
    desk.get_by_role("button", name="Tiếp nhận").click()
    desk.get_by_text("Đã tiếp nhận hồ sơ.").wait_for()
    desk.goto(reverse("nomination", args=[row.pk]))
    desk.get_by_text("Vẫn đề nghị, kèm lý do…").click()
    desk.fill("#accept_reason", "Có thành tích nổi bật")
    desk.get_by_role("button", name="Vẫn đề nghị, kèm lý do").click()
    desk.goto(dossier.get_absolute_url())
    desk.get_by_role("button", name="Kết thúc thẩm định").click()
    desk.get_by_text("Đã kết thúc thẩm định").wait_for()
    desk.goto(reverse("new_council_meeting"))
    desk.fill("[name=title]", "Xét khen thưởng cuối năm")
    desk.fill("[name=held_on]", f"{TODAY:%d/%m/%Y}")
    desk.keyboard.press("Escape")
    if desk.locator("[name=is_secret]").is_checked():
        desk.uncheck("[name=is_secret]")
    desk.get_by_role("button", name="Lưu").click()
    desk.get_by_role("link", name="Chọn đề nghị").first.click()
    desk.get_by_role("button", name="Đưa cả 1 đề nghị").click()
    desk.get_by_text("Chương trình nay có 1 đề nghị.").wait_for()
    meeting = Meeting.objects.get().get_absolute_url()
    desk.goto(meeting)
    desk.get_by_role("button", name="Mở bỏ phiếu").click()
    desk.get_by_text("Đã mở bỏ phiếu").wait_for()

    # A member votes on a phone, the others on paper.
    phone = login(phone_page, council_member)
    phone.goto(meeting)
    phone.get_by_role("link", name="Bỏ phiếu").first.click()
    phone.get_by_role("button", name="Đồng ý tất cả 1").click()
    phone.locator("button[value=cast]").click()
    phone.get_by_text("Đã bỏ phiếu.").wait_for()
    for _ in range(2):
        desk.goto(meeting)
        desk.get_by_role("link", name="Ghi phiếu giấy").first.click()
        desk.get_by_role("button", name="Đồng ý tất cả 1").click()
        desk.locator("button[value=cast]").click()
        desk.get_by_text("Đã ghi phiếu giấy của").wait_for()
    desk.get_by_role("link", name="Kiểm phiếu").first.click()
    desk.get_by_role("button", name="Kiểm phiếu").click()
    desk.wait_for_url(f"**{meeting}")
    assert Nomination.objects.get().state == "passed"

    # The decision is written, approved, issued: the award is there with its prize.
    desk.goto(reverse("deciding"))
    desk.locator("tbody input[type=checkbox]").first.check()
    desk.get_by_role("button", name="Lập dự thảo quyết định").click()
    desk.get_by_role("button", name="Soạn quyết định").click()
    desk.wait_for_selector(".sheets img")
    paper = desk.url
    desk.get_by_role("button", name="Lưu và trình duyệt").click()
    desk.get_by_text("Đã lưu và trình duyệt.").wait_for()
    approver = login(open_page(1366, 768), leader)
    approver.goto(paper)
    approver.wait_for_selector(".sheets img")
    approver.locator(".page-actions").get_by_role("button", name="Duyệt").click()
    approver.get_by_text("Đã duyệt.").wait_for()
    issuer = login(open_page(1366, 768), clerk)
    issuer.goto(paper)
    issuer.locator(".page-actions").get_by_role("link", name="Phát hành").click()
    issuer.wait_for_selector(".sheets img")
    issuer.locator(".save-bar").get_by_role("button", name="Phát hành").click()
    issuer.get_by_text("Đã phát hành số").wait_for()
    award = Award.objects.get()
    assert (award.recipient, award.type.code, award.payment.state) == (person, "BKT", "due")

    # The prize is paid.
    desk.goto(reverse("payments"))
    desk.locator("tbody input[type=checkbox]").first.check()
    desk.fill("[name=paid_to]", "Nông Thị Mẫu")
    desk.fill("[name=voucher]", "PC 01")
    desk.get_by_role("button", name="Ghi đã chi").click()
    desk.get_by_text("Đã ghi chi 1 khoản").wait_for()
    assert Payment.objects.get().state == "paid"
