"""The identity number: who enters, sees and looks for it, each look told; what is personal is erased on request."""

from datetime import date

import pytest
from django.urls import reverse

from awards.models import Award, Identity, Recipient
from awards.recipients import identities, keeping
from awards.recipients.merging import join
from documents.models import Change
from documents.steps.refusing import Refused
from tests.campaigns.conftest import at_once
from tests.walking import walk

from ..conftest import give, make_recipient
from .conftest import MANAGERS, PEOPLE, enter, fresh

pytestmark = pytest.mark.django_db
NUMBER = "020080001234"


@pytest.fixture
def hoa(officer, other_unit):
    return enter(
        officer, unit=other_unit, began_on=date(1980, 3, 2), ethnicity="nung", gender="female", address="Thôn Nà Mẫu",
        staff_code="YT-7", note="Ghi chú riêng", number=NUMBER,
    )  # fmt: skip


def looked():
    return list(Change.objects.filter(about="identity").order_by("pk").values_list("key", "what", "by__username"))


def test_it_is_masked_until_a_manager_looks_and_each_look_is_told(client_of, people, hoa):
    address, look = (reverse(name, args=[hoa.pk]) for name in ("recipient_facts", "look_at_identity"))
    for who in PEOPLE:
        page = client_of(people[who]).get(address)
        assert NUMBER not in page.content.decode(), who
        assert ("•••••••••234" in page.content.decode()) == (who in MANAGERS), who
        answer = client_of(people[who]).post(look)
        assert (NUMBER in answer.content.decode()) == (who in MANAGERS), who
        if who in MANAGERS:
            assert "no-store" in answer["Cache-Control"]
    assert looked() == [(hoa.pk, "look", people[who].username) for who in PEOPLE if who in MANAGERS]
    assert "Ai đã xem số căn cước" in client_of(people["officer"]).get(address).content.decode()
    assert "Ai đã xem" not in client_of(people["unit_officer"]).get(address).content.decode()
    assert NUMBER not in str(list(Change.objects.values_list("act", "changes", "reason")))


def test_who_has_a_number_is_looked_for_by_managers_and_told(client_of, people, hoa):
    address = reverse("find_identity")
    officer = client_of(people["officer"])
    assert hoa.name in officer.post(address, {"number": "020 080 001 234"}).content.decode()
    nobody = officer.post(address, {"number": "020080001235"}).content.decode()
    assert "Không có ai" in nobody
    assert officer.post(address, {"number": "1234"}).status_code == 422
    assert client_of(people["clerk"]).post(address, {"number": NUMBER}).status_code == 403
    assert looked() == [(hoa.pk, "find", "hoa"), (0, "find", "hoa")]
    for act in (identities.find, lambda number, by: identities.look(hoa, by=by)):
        with pytest.raises(Refused):
            act(NUMBER, by=people["unit_officer"])
    # Nothing else finds it.
    for words in (NUMBER, NUMBER[:6]):
        assert not Recipient.objects.matching(words).exists()


def test_one_number_is_one_persons(officer, hoa):
    other = make_recipient(name="Vi Văn An")
    with pytest.raises(Refused, match="Nông Thị Hòa"):
        keeping.set_identity(other, by=officer, number=NUMBER)
    for wrong in ("12345678901", "1234567890123", "02008000123x"):
        with pytest.raises(Refused, match="12 chữ số"):
            keeping.set_identity(fresh(other), by=officer, number=wrong)
    with pytest.raises(Refused):
        enter(officer, name="Vi Văn Ba", number=NUMBER)
    with pytest.raises(Refused, match="Chỉ cá nhân"):
        keeping.set_identity(make_recipient("collective", "Văn phòng"), by=officer, number="020080001235")
    assert Identity.objects.count() == 1


def test_the_number_is_changed_and_taken_out_without_standing_in_the_log(officer, hoa):
    keeping.set_identity(fresh(hoa), by=officer, number="020080001299")
    assert identities.look(hoa, by=officer) == "020080001299"
    version = fresh(hoa).version
    keeping.set_identity(fresh(hoa), by=officer, number="020080001299")
    assert fresh(hoa).version == version
    keeping.set_identity(fresh(hoa), by=officer, number="")
    assert not Identity.objects.exists()
    told = [row.changes["Số căn cước"][1] for row in Change.objects.filter(what="set_identity").order_by("pk")]
    assert told == ["đã sửa", "đã xóa"]
    assert "0200800012" not in str(list(Change.objects.values_list("changes", flat=True)))


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_one_number_entered_for_two_at_once(officer, leader):
    pair = [make_recipient(name=name) for name in ("Vi Văn An", "Lý Thị Ba")]
    told = at_once(*(lambda row=row: keeping.set_identity(row, by=officer, number=NUMBER) for row in pair))
    assert sum(isinstance(row, Refused) for row in told) == 1
    assert Identity.objects.count() == 1


def test_what_is_personal_is_erased_and_awards_stay(client_of, officer, hoa, types):
    give(hoa, "LDTT", 2024, officer)
    identities.look(hoa, by=officer)
    client, address = client_of(officer), reverse("erase_recipient", args=[hoa.pk])
    page = client.get(address).content.decode()
    for words in ("Không khôi phục được", "khoản 1 Điều 14 Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15"):
        assert words in page
    assert "kiểm tra lại" not in page
    assert client.post(address, {"version": 1, "reason": ""}).status_code == 422
    assert client.post(address, {"version": 1, "reason": "withdrawn"}).status_code == 302
    row = fresh(hoa)
    assert (row.name, row.gender) == ("Nông Thị Hòa", "female")
    assert (row.began_on, row.began_year, row.address, row.ethnicity, row.staff_code, row.note) == (
        None,
        None,
        "",
        "",
        "",
        "",
    )
    assert not Identity.objects.exists()
    assert Award.objects.get().recipient == row
    told = Change.objects.filter(about__in=["recipient", "identity"])
    assert not any(
        secret in str(list(told.values_list("changes", "reason"))) for secret in ("1980", "Nà Mẫu", "YT-7", "riêng")
    )
    assert told.get(what="erase_personal").reason == "Người được ghi yêu cầu xóa"
    assert told.filter(what="look", by=officer).exists()
    assert not Recipient.objects.matching("yt-7").exists()
    assert "Dữ liệu cá nhân đã xóa" in client.get(reverse("recipient_facts", args=[hoa.pk])).content.decode()


def test_erasing_takes_in_the_second_records(officer, hoa):
    second = make_recipient(name="Nông Ngọc Hòa", began_on=date(1980, 3, 2), staff_code="YT-8")
    join(fresh(hoa), fresh(second), by=officer, reason="Một người")
    keeping.erase(fresh(second), by=officer, reason="Người được ghi yêu cầu xóa")
    assert [row.began_on for row in (fresh(hoa), fresh(second))] == [None, None]
    assert not Identity.objects.exists()
    assert not Recipient.objects.matching("yt-8").exists()
    assert fresh(second).merged_into == hoa
    with pytest.raises(Refused):
        keeping.erase(fresh(hoa), by=officer, reason="Lý do khác của tôi")


# --- Every step by every person

STEPS = {"set_identity", "erase_personal", "edit_recipient", "merge"}
TYPED = {"set_identity": {"number": "020080009999"}, "erase_personal": {"reason": "withdrawn"}}


@pytest.mark.parametrize("state", ["main", "added", "merged"])
def test_every_step_by_every_person(state, officer, other_unit, turn_of, client_of):
    row = make_recipient(name="Nông Thị Hòa", unit=other_unit, added_by=other_unit if state == "added" else None)
    if state == "merged":
        join(make_recipient(name="Nông Thị Hoa", unit=other_unit), row, by=officer, reason="Một người")

    def again():
        return Recipient.objects.select_related("unit", "merged_into").get(pk=row.pk)

    allowed = {"main": STEPS, "added": STEPS | {"look_over"}, "merged": {"unmerge", "erase_personal"}}[state]
    walk(
        keeping.STEPS, again, turn_of, client_of,
        may={who: allowed if who in MANAGERS else () for who in PEOPLE},
        typed=TYPED,
        known=lambda row: list(Change.objects.filter(about="recipient", key=row.pk).values_list("what", flat=True)),
        reasons={"unmerge", "erase_personal", "merge"},
        but={"edit_recipient", "merge"},
    )  # fmt: skip
