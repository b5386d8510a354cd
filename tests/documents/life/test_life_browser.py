"""Three people at three machines: an officer writes, a leader returns and approves, a clerk issues, a unit answers."""

import pytest
from django.urls import reverse

from documents.models import Document, IssuedCopy
from units.models import Role

from ...conftest import make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desks(open_page, login):
    """A function that sits a person down at a machine of their own."""
    return lambda person, **size: login(open_page(1366, 768), person)


def settled(page):
    """The page once its pictures are there."""
    page.wait_for_selector(".sheets img")
    return page


def test_a_letter_goes_from_the_first_word_to_the_answer_of_a_unit(draft, officer, leader, clerk, other_unit, desks):
    address = reverse("document", args=[draft.pk])
    receiver = make_user("lan", "Nông Thị Lan", Role.UNIT_OFFICER, other_unit)

    writer = desks(officer)
    writer.goto(address)
    settled(writer).locator("#id_addressees-ts-control").fill("so y te")
    writer.locator(".ts-dropdown .option", has_text="Sở Y tế").first.click()
    writer.locator("#nhiem-vu > summary").click()
    writer.get_by_role("button", name="Thêm nhiệm vụ").click()
    writer.fill("[name=nhiem-vu-0-words]", "Báo cáo kết quả phong trào")
    writer.get_by_role("button", name="Lưu và trình duyệt").click()
    writer.get_by_text("Đã lưu và trình duyệt.").wait_for()

    approver = desks(leader)
    approver.goto("/")
    approver.get_by_role("link", name="báo cáo kết quả phong trào thi đua").first.click()
    settled(approver).get_by_text("Trả lại để sửa…").click()
    approver.fill("#return_reason", "Ghi rõ thời hạn báo cáo")
    approver.get_by_role("button", name="Trả lại").click()
    approver.get_by_text("Đã trả lại cho người soạn.").wait_for()

    writer.reload()
    assert "Ghi rõ thời hạn báo cáo" in settled(writer).locator(".alert-warning").first.inner_text()
    writer.get_by_role("button", name="Lưu và trình duyệt").click()
    writer.get_by_text("Đã lưu và trình duyệt.").wait_for()

    approver.goto(address)
    settled(approver).locator(".page-actions").get_by_role("button", name="Duyệt").click()
    approver.get_by_text("Đã duyệt.").wait_for()

    issuer = desks(clerk)
    issuer.goto(address)
    settled(issuer).locator(".page-actions").get_by_role("link", name="Phát hành").click()
    issuer.fill("[name=day]", "28/02/2020")
    settled(issuer).locator(".save-bar").get_by_role("button", name="Phát hành").click()
    issuer.get_by_text("Đã phát hành số 01/UBND-KGVX, ngày 28/02/2020.").wait_for()
    settled(issuer)

    reader = desks(receiver)
    reader.get_by_role("link", name="báo cáo kết quả phong trào thi đua").first.click()
    settled(reader).get_by_role("button", name="Xác nhận đã đọc").click()
    reader.get_by_text("xác nhận đã đọc lúc").wait_for()
    reader.fill("[name=words]", "Đơn vị đã nhận và thực hiện.")
    reader.get_by_role("button", name="Gửi trả lời").click()
    reader.get_by_text("Đơn vị đã nhận và thực hiện.").first.wait_for()

    found = Document.objects.get(pk=draft.pk)
    assert (found.state, found.reference, found.date_text) == ("issued", "01/UBND-KGVX", "28/02/2020")
    assert IssuedCopy.objects.get().document == found
    assert [(row.unit, row.answers.get().words) for row in found.deliveries.all()] == [
        (other_unit, "Đơn vị đã nhận và thực hiện.")
    ]
    assert [row.unit for duty in found.duties.all() for row in duty.assignments.all()] == [other_unit]


@pytest.mark.parametrize("first", ["paper", "duty"])
def test_a_group_chosen_for_a_paper_and_for_its_duty_stays_in_both(page, login, officer, draft, other_unit, first):
    login(page, officer)
    page.goto(reverse("document", args=[draft.pk]))
    page.locator("#nhiem-vu > summary").click()
    page.get_by_role("button", name="Thêm nhiệm vụ").click()
    page.fill("[name=nhiem-vu-0-words]", "Báo cáo")
    boxes = {"paper": "addressees", "duty": "nhiem-vu-0-keys"}
    for name in sorted(boxes.values(), key=lambda box: box != boxes[first]):
        page.locator(f"[name={name}] + .ts-wrapper input").fill("so y te")
        page.locator(f"[name={name}] + .ts-wrapper .option", has_text="Sở Y tế").first.click()
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu dự thảo").click()
    assert [row.key for row in draft.addressees.all()] == ["don-vi:so-y-te"]
    assert [duty.keys for duty in draft.duties.all()] == [["don-vi:so-y-te"]]
