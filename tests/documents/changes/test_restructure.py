"""The notice of a restructure: drafted from the change, announced when issued, no more once recalled."""

from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse

from documents.changes.actions import AlreadyAnnounced, announce
from documents.drafts import copies
from documents.life.actions import approve, discard, restore, submit
from documents.life.issuing import issue
from documents.models import ChangeNotice, Document
from documents.papers.actions import save_draft
from documents.steps.refusing import Refused
from units.models import Official, Succession, Term, Unit, UnitChange

from ...conftest import make_unit

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 3)


@pytest.fixture
def change(so_noi_vu):
    """Two departments that became one on 01/03/2025."""
    change = UnitChange.objects.create(
        kind="merge", date=date(2025, 3, 1), citation="Nghị quyết số 04/NQ-HĐND ngày 18/02/2025 của HĐND tỉnh"
    )
    new = make_unit("so-xay-dung-2025", "Sở Xây dựng (mới)", founded=date(2025, 3, 1))
    make_unit("mttq", "Ủy ban MTTQ Việt Nam tỉnh", kind=Unit.Kind.FRONT)
    make_unit("xa-hoa-binh", "UBND xã Hòa Bình", kind=Unit.Kind.COMMUNE)
    for code, name in [("so-gt", "Sở Giao thông vận tải"), ("so-xd", "Sở Xây dựng")]:
        Succession.objects.create(change=change, predecessor=make_unit(code, name), successor=new)
    return change


@pytest.fixture
def director(so_noi_vu):
    """Who signs for Sở Nội vụ."""
    official = Official.objects.create(name="Hà Văn Vinh", invented=True)
    return Term.objects.create(official=official, unit=so_noi_vu, post="Giám đốc", since=date(2019, 1, 1))


@pytest.fixture
def notice(change, director, officer):
    """The draft of its notice."""
    return announce(change, by=officer)


def issued(draft, officer, leader, clerk):
    """All steps at once."""
    submit(draft, by=officer)
    approve(draft, by=leader)
    return issue(draft, by=clerk, day=DAY)


def test_the_notice_tells_the_act_and_lists_the_units_before_and_after(notice):
    assert notice.subject == "sáp nhập, hợp nhất đơn vị từ ngày 01 tháng 3 năm 2025"
    assert "Nghị quyết số 04/NQ-HĐND ngày 18/02/2025" in notice.body
    assert notice.appendices.get().body.split("\n")[2:] == [
        "| 1 | Sở Giao thông vận tải | Sở Xây dựng (mới) |  |",
        "| 2 | Sở Xây dựng | Sở Xây dựng (mới) |  |",
    ]
    assert [row.key for row in notice.addressees.all()] == ["loai:department", "loai:front", "loai:commune"]


def test_the_change_is_announced_when_the_notice_is_issued(notice, change, officer, leader, clerk):
    assert ChangeNotice.objects.get().announced_on is None
    done = issued(notice, officer, leader, clerk)
    row = ChangeNotice.objects.get()
    assert (row.change, row.document, row.announced_on) == (change, done, DAY)


def test_the_replacing_notice_is_the_one_that_counts_from_then_on(notice, officer, leader, clerk):
    done = issued(notice, officer, leader, clerk)
    second = issued(copies.replace(done, by=officer, reason="Sai tên đơn vị"), officer, leader, clerk)
    row = ChangeNotice.objects.get()
    assert (row.document, row.announced_on) == (second, DAY)


def test_a_recalled_notice_announces_nothing_and_another_can_be_written(notice, change, officer, leader, clerk):
    done = issued(notice, officer, leader, clerk)
    letter = copies.recall(done, by=officer, reason="Chưa đến ngày công bố")
    issued(save_draft(letter, by=officer), officer, leader, clerk)
    assert ChangeNotice.objects.get().announced_on is None
    assert announce(change, by=officer).state == Document.State.DRAFT


def second_notice(notice, change, officer):
    """One more draft for the same change, made while the first was thrown away; the first is then taken back."""
    discard(notice, by=officer)
    second = announce(change, by=officer)
    restore(notice, by=officer)
    return second


def test_a_notice_that_was_taken_back_is_not_issued_beside_a_second_one(
    notice, change, officer, leader, clerk, client_of
):
    second = issued(second_notice(notice, change, officer), officer, leader, clerk)
    submit(notice, by=officer)
    approved = approve(notice, by=leader)
    fields = {"version": approved.version, "day": "03/03/2025"}
    response = client_of(clerk).post(reverse("issue", args=[notice.pk]), fields)
    assert response.status_code == 422
    page = response.content.decode()
    assert f"đã có {second.name} ở trạng thái «Đã ban hành», do Nguyễn Thị Hòa soạn" in page
    assert "hãy trả lại rồi bỏ văn bản này" in page
    found = Document.objects.get(pk=notice.pk)
    assert (found.state, found.number, found.deliveries.count()) == (Document.State.APPROVED, None, 0)
    assert ChangeNotice.objects.get().document == second


def test_a_notice_waits_for_the_draft_of_another_to_be_thrown_away(notice, change, officer, leader, clerk):
    second = second_notice(notice, change, officer)
    with (
        pytest.raises(Refused, match=r"đã có Thông báo \(chưa có số\) ở trạng thái «Dự thảo»"),
        transaction.atomic(),
    ):
        issued(notice, officer, leader, clerk)
    discard(second, by=officer)
    done = issued(notice, officer, leader, clerk)
    assert (ChangeNotice.objects.get().document, ChangeNotice.objects.get().announced_on) == (done, DAY)


def test_a_change_has_one_notice_at_a_time(notice, change, officer, client_of):
    with pytest.raises(AlreadyAnnounced, match="đã có Thông báo"):
        announce(change, by=officer)
    response = client_of(officer).post(reverse("announce_change", args=[change.pk]))
    assert (response.status_code, response.url) == (302, reverse("changes"))
    assert Document.objects.count() == 1


def test_only_the_department_that_runs_the_program_announces(change, director, people, client_of):
    allowed = set()
    for name, person in people.items():
        if client_of(person).post(reverse("announce_change", args=[change.pk])).status_code == 302:
            allowed.add(name)
    assert allowed == {"officer", "leader", "clerk", "administrator"}


def test_the_list_of_changes_asks_the_same_for_one_and_for_many(change, officer, client_of, django_assert_num_queries):
    visitor = client_of(officer)
    # Session, account, changes, drafts made from them; units that went into the own one and what waits, for the menu.
    with django_assert_num_queries(6):
        visitor.get(reverse("changes"))
    for year in (2019, 2020):
        UnitChange.objects.create(kind="rename", date=date(year, 1, 1), citation=f"Nghị quyết {year}")
    with django_assert_num_queries(6):
        visitor.get(reverse("changes"))


@pytest.mark.parametrize(
    ("words", "found"), [("hdnd TINH", 1), ("04/nq-hdnd", 1), ("Sap nhap hai so", 1), ("khong co", 0)]
)
def test_changes_are_found_without_accents_by_act_and_note(change, officer, client_of, words, found):
    change.note = "Sáp nhập hai sở"
    change.save()
    assert len(client_of(officer).get(reverse("changes"), {"q": words}).context["page_obj"]) == found
