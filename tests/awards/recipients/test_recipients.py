"""The list and the forms of recipients: what is found, by whom, what is stored, what is refused and how it comes back."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import Double, Posting, Recipient
from awards.recipients import actions
from awards.recipients.doubles import matches_of, store_all
from awards.recipients.models import PositionClass, nearest
from documents.models import Change
from tests.conftest import make_unit
from tests.exported import exported_rows, sheet_of
from units.finding import find

from ..conftest import make_recipient
from .conftest import MANAGERS, PEOPLE, enter, fresh, person, succeed

pytestmark = pytest.mark.django_db
LIST = "/khen-thuong/nguoi/"


def names(response):
    return [row.name for row in response.context["page_obj"]]


def faults(response):
    assert response.status_code == 422
    return {name: " ".join(words) for name, words in response.context["form"].errors.items()}


# --- Found


@pytest.mark.parametrize("most", [1, 2, 3, 4, 9])
@pytest.mark.parametrize("words", ["hòa", "Nguyễn Hòa", "hoa nguyen", "ho", "nguyễn", "không có"])
def test_the_nearest_are_the_first_in_order(db, words, most):
    for name in ("Nguyễn Thị Hòa", "Nguyễn Hòa Bình", "Lý Văn Hoàng", "Vi Hoà", "Nguyễn Thị Hoa", "Hòa Nguyễn"):
        make_recipient(name=name)
    rows = Recipient.objects.matching(words)
    assert nearest(rows, words, most) == [row.pk for row in rows.by_given_name(words)[:most]]


def test_names_are_listed_by_given_name_and_found_without_accents(client_of, officer):
    for name in ["Hòa Văn An", "Nông Thị Hoà", "Vi Văn Đạt", "Ðặng Văn Hoa"]:
        make_recipient(name=name)
    client = client_of(officer)
    assert names(client.get(LIST)) == ["Hòa Văn An", "Vi Văn Đạt", "Đặng Văn Hoa", "Nông Thị Hoà"]
    # By given name first, then whoever has it elsewhere.
    for words in ("hòa", "hoa", "HOÀ"):
        assert names(client.get(LIST, {"q": words})) == ["Đặng Văn Hoa", "Nông Thị Hoà", "Hòa Văn An"]
    assert names(client.get(LIST, {"q": "nong hoa"})) == ["Nông Thị Hoà"]
    assert names(client.get(LIST, {"q": "dang"})) == ["Đặng Văn Hoa"]


def test_a_recipient_is_found_by_what_its_unit_was_called(client_of, officer, communes):
    old, _, new = communes
    make_recipient(name="Lý Thị Ba", unit=new)
    make_recipient(name="Vi Văn Bốn", unit=old)
    client = client_of(officer)
    for asked in ({"q": "ba yên sơn"}, {"don_vi": "Yên Sơn"}, {"don_vi": "ubnd-xa-yen-son"}):
        assert names(client.get(LIST, asked)) == ["Lý Thị Ba"], asked
    for asked in ({"q": "hoa binh"}, {"don_vi": "Hòa Bình"}):
        assert sorted(names(client.get(LIST, asked))) == ["Lý Thị Ba", "Vi Văn Bốn"], asked
    assert names(client.get(LIST, {"don_vi": "Không có xã này"})) == []


def test_words_follow_a_unit_that_goes_into_another_or_is_named_anew(other_unit):
    row = make_recipient(name="Lý Thị Ba", unit=other_unit)
    old = make_unit("chi-cuc-dan-so", "Chi cục Dân số")
    tie = succeed(old, other_unit, in_part=True)
    assert Recipient.objects.matching("ba chi cục dân").get() == row
    other_unit.name = "Sở Y tế và Dân số"
    other_unit.save()
    assert Recipient.objects.matching("ba y tế và").get() == row
    tie.delete()
    assert not Recipient.objects.matching("chi cuc").exists()


def test_filters_of_the_statistical_forms(client_of, officer, other_unit):
    make_recipient(name="Vi Văn An", gender="male", ethnicity="tay", position_class="direct", groups="farmer,worker")
    make_recipient(name="Lý Thị Ba", gender="female", ethnicity="nung", position_class="other")
    make_recipient("collective", "Sở Y tế", unit=other_unit, is_unit=True, may_receive_flags=True, body_class="office")
    make_recipient("collective", "Công ty Mẫu", may_receive_flags=False, body_class="enterprise")
    make_recipient("household", "Hộ gia đình Vi Văn Tư", head="Vi Văn Tư")
    client = client_of(officer)
    expected = {
        "la=household": ["Hộ gia đình Vi Văn Tư"],
        "gioi=female": ["Lý Thị Ba"],
        "dan_toc=tay": ["Vi Văn An"],
        "lop=other": ["Lý Thị Ba"],
        "loai=enterprise": ["Công ty Mẫu"],
        "co=true": ["Sở Y tế"],
        "co=false": ["Công ty Mẫu"],
        "co=none": [],
        "nhom=worker": ["Vi Văn An"],
        "la=person&gioi=male": ["Vi Văn An"],
    }
    assert {asked: names(client.get(f"{LIST}?{asked}")) for asked in expected} == expected


def test_the_one_search_finds_them_and_only_own_ones(officer, unit_officer, stranger, other_unit):
    make_recipient(name="Nông Thị Hòa", unit=other_unit, post="Bác sĩ", began_on=date(1980, 3, 2))

    def found(user):
        return [
            row for section in find(user, "hoa nong", 5) if section.title == "Cá nhân, tập thể" for row in section.rows
        ]

    assert [row.note for row in found(officer)] == ["Bác sĩ · 02/03/1980 · Sở Y tế"]
    assert len(found(unit_officer)) == 1
    assert found(stranger) == []


def test_units_see_their_own_and_of_others_there_is_no_page(client_of, people, other_unit):
    row = make_recipient(name="Nông Thị Hòa", unit=other_unit)
    seen = {*MANAGERS, "clerk", "unit_officer"}
    for who in PEOPLE:
        client = client_of(people[who])
        assert (names(client.get(LIST)) == ["Nông Thị Hòa"]) == (who in seen), who
        for name in ("recipient_facts", "recipient"):
            assert client.get(reverse(name, args=[row.pk])).status_code == (200 if who in seen else 404), who
        edit = client.get(reverse("edit_recipient", args=[row.pk])).status_code
        assert edit == (200 if who in MANAGERS else 403 if who in seen else 404), who
        assert client.get(reverse("new_recipient")).status_code == (200 if who in MANAGERS else 403), who


def test_the_number_of_questions_does_not_grow(client_of, officer, other_unit):
    client = client_of(officer)

    def count(address):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    rows = [enter(officer, name=f"Nông Thị {name}", unit=other_unit) for name in ("An", "Ba")]
    addresses = [LIST, f"{LIST}?q=nong&don_vi=y", reverse("recipient_facts", args=[rows[0].pk])]
    few = [count(address) for address in addresses]
    for number in range(30):
        make_recipient(name=f"Nông Văn {chr(65 + number % 26)}{'ab'[number // 26]}", unit=other_unit)
    for year in range(5):
        Posting.objects.create(recipient=rows[0], unit=other_unit, since=date(2001 + year, 1, 1))
    assert [count(address) for address in addresses] == few


def test_the_export_tells_nothing_that_lists_do_not(client_of, unit_officer, officer, other_unit, so_noi_vu):
    enter(officer, unit=other_unit, number="020080001234", address="Thôn Nà Mẫu", note="ghi chú riêng")
    make_recipient(name="Vi Văn An", unit=so_noi_vu)
    answer = client_of(unit_officer).get(LIST, {"xuat": "xlsx"})
    assert [row[0] for row in exported_rows(answer)] == ["Nông Thị Hòa"]
    words = " ".join(str(cell) for row in sheet_of(answer).iter_rows(values_only=True) for cell in row)
    assert not any(secret in words for secret in ("020080001234", "Nà Mẫu", "ghi chú riêng"))
    assert len(exported_rows(client_of(officer).get(LIST, {"xuat": "xlsx"}))) == 2


# --- Written


def test_a_person_is_entered_with_where_she_worked(client_of, officer, communes):
    old, _, new = communes
    line = {
        "posting-TOTAL_FORMS": "2", "posting-INITIAL_FORMS": "0",
        "posting-0-unit": old.label, "posting-0-post": "Công chức", "posting-0-since": "01/02/2010",
        "posting-0-until": "30/06/2025",
        "posting-1-unit": "ubnd xa thien tan", "posting-1-since": "01/07/2025", "posting-1-position_class": "other",
    }  # fmt: skip
    answer = client_of(officer).post(
        reverse("new_recipient"), person(unit=new.pk, groups=["farmer", "worker"], number="020 080 001 234") | line
    )
    row = Recipient.objects.get()
    assert answer.url == row.get_absolute_url()
    assert (row.gender, row.ethnicity, row.began_on, row.groups) == (
        "female",
        "nung",
        date(1980, 3, 2),
        "farmer,worker",
    )
    assert [(one.unit, one.post, one.position_class) for one in row.postings.all()] == [
        (old, "Công chức", ""),
        (new, "", "other"),
    ]
    assert row.identity.number == "020080001234"
    told = Change.objects.get(about="recipient", key=row.pk)
    assert told.what == "write_recipient"
    assert told.changes["Quá trình công tác"][1].startswith("Công chức, UBND xã Hòa Bình từ 01/02/2010")
    assert "020080001234" not in str(told.changes)


TODAY_WRONG = [
    (person(began_on="01/01/2999"), "began_on"),
    (person(ended_on="01/03/1980"), "ended_on"),
    (person(name="Hòa 80"), "name"),
    (person(name="H"), "name"),
    (person(began_year="1981"), "began_year"),
    (person(number="02008000123"), "number"),
    (person(ethnicity="nguoi-la"), "ethnicity"),
    (person(name=""), "name"),
    (person(began_on="31/02/1980"), "began_on"),
]


@pytest.mark.parametrize(("typed", "field"), TODAY_WRONG)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_lost(client_of, officer, typed, field):
    answer = client_of(officer).post(reverse("new_recipient"), typed | {"post": "Chức vụ đã gõ"})
    assert list(faults(answer)) == [field]
    assert "Chức vụ đã gõ" in answer.content.decode()
    assert not Recipient.objects.exists()


def test_a_posting_after_the_end_of_its_unit_is_refused_beside_its_line(client_of, officer, communes):
    line = {"posting-TOTAL_FORMS": "1", "posting-INITIAL_FORMS": "0", "posting-0-since": "01/07/2025"}
    for unit, field in ((communes[0].label, "unit"), ("Xã không có", "unit")):
        answer = client_of(officer).post(reverse("new_recipient"), person(**line | {"posting-0-unit": unit}))
        assert list(answer.context["lines"].forms[0].errors) == [field]
    assert not Recipient.objects.exists()


def test_a_household_bears_the_name_of_its_head(client_of, officer, communes):
    client, address = client_of(officer), f"{reverse('new_recipient')}?loai=ho-gia-dinh"
    typed = {
        "name": "Hộ gia đình Vi Văn Tư",
        "head": "Vi Văn Năm",
        "members": "4",
        "address": "Thôn Mẫu",
        "unit": communes[2].pk,
    }
    assert "Vi Văn Năm" in faults(client.post(address, typed))["head"]
    assert client.post(address, typed | {"head": "Vi Văn Tư"}).status_code == 302
    assert Recipient.objects.get().kind == "household"


def test_a_unit_is_one_collective(client_of, officer, other_unit):
    client, address = client_of(officer), f"{reverse('new_recipient')}?loai=tap-the"
    typed = {
        "name": "Sở Y tế",
        "unit": other_unit.pk,
        "is_unit": "on",
        "may_receive_flags": "True",
        "body_class": "office",
    }
    assert client.post(address, typed).status_code == 302
    assert Recipient.objects.get().may_receive_flags is True
    assert "đã có trong danh sách" in faults(client.post(address, typed | {"name": "Sở Y tế tỉnh"}))["unit"]
    assert "unit" in faults(client.post(address, typed | {"unit": ""}))


def edit_typed(row, **more):
    return person(version=row.version, post=row.post, unit=row.unit_id or "", **more)


def test_who_saves_an_old_version_is_told_what_changed(client_of, officer, leader, other_unit):
    row = enter(officer, unit=other_unit, gender="female", began_on=date(1980, 3, 2), ethnicity="nung")
    address = reverse("edit_recipient", args=[row.pk])
    assert client_of(leader).post(address, edit_typed(row) | {"post": "Bác sĩ"}).status_code == 302
    answer = client_of(officer).post(address, edit_typed(row) | {"post": "Y tá"})
    assert answer.status_code == 422
    assert "Bác sĩ" in answer.content.decode()
    assert 'value="Y tá"' in answer.content.decode()
    assert fresh(row).post == "Bác sĩ"
    # The next click is deliberate.
    again = edit_typed(fresh(row)) | {"post": "Y tá"}
    assert client_of(officer).post(address, again).status_code == 302
    assert (fresh(row).post, fresh(row).version) == ("Y tá", 3)


def test_who_moves_leaves_the_old_place_among_the_postings(client_of, officer, other_unit, so_noi_vu):
    row = enter(officer, unit=other_unit, post="Bác sĩ", position_class=PositionClass.DIRECT, began_on=date(1980, 3, 2))
    address = reverse("edit_recipient", args=[row.pk])
    moved = edit_typed(row, moved_on="01/09/2026") | {
        "unit": so_noi_vu.pk,
        "post": "Chuyên viên",
        "position_class": "direct",
    }
    assert client_of(officer).post(address, moved).status_code == 302
    lines = [(one.unit.name, one.post, one.since, one.until) for one in row.postings.order_by("pk")]
    assert lines == [
        ("Sở Y tế", "Bác sĩ", None, date(2026, 8, 31)),
        ("Sở Nội vụ", "Chuyên viên", date(2026, 9, 1), None),
    ]
    assert fresh(row).unit == so_noi_vu
    row = fresh(row)
    stays = edit_typed(row, moved_on="01/10/2026", position_class="direct")
    assert "moved_on" in faults(client_of(officer).post(address, stays | _lines(row)))


def _lines(row):
    found = {"posting-TOTAL_FORMS": str(row.postings.count()), "posting-INITIAL_FORMS": str(row.postings.count())}
    for number, one in enumerate(row.postings.all()):
        told = {"key": one.pk, "unit": one.unit.label, "post": one.post, "position_class": one.position_class}
        told |= {name: f"{day:%d/%m/%Y}" if (day := getattr(one, name)) else "" for name in ("since", "until")}
        found |= {f"posting-{number}-{name}": value for name, value in told.items()}
    return found


def test_a_key_of_another_persons_posting_takes_nothing_away(client_of, officer, other_unit):
    mine, theirs = (enter(officer, name=name, unit=other_unit) for name in ("Nông Thị Hòa", "Vi Văn An"))
    posting = Posting.objects.create(recipient=theirs, unit=other_unit, since=date(2010, 1, 1))
    typed = edit_typed(mine) | {"posting-TOTAL_FORMS": "1", "posting-INITIAL_FORMS": "0", "posting-0-key": posting.pk}
    typed |= {"posting-0-unit": "Sở Y tế", "posting-0-since": "01/01/2012"}
    assert client_of(officer).post(reverse("edit_recipient", args=[mine.pk]), typed).status_code == 302
    assert Posting.objects.get(pk=posting.pk).recipient == theirs
    assert mine.postings.get().since == date(2012, 1, 1)


# --- Doubles before saving


def test_doubles_are_shown_with_their_reasons_and_asked_once(client_of, officer, other_unit):
    first = enter(officer, name="Nông Thị Hòa", unit=other_unit, began_on=date(1980, 3, 2))
    client = client_of(officer)
    answer = client.post(reverse("new_recipient"), person(name="NÔNG THỊ HOÀ", unit=other_unit.pk, post="Bác sĩ"))
    assert answer.status_code == 422
    [match] = answer.context["form"].matches
    assert match.recipient == first
    assert match.reasons == ["tên chỉ khác cách viết", "cùng ngày sinh, ngày thành lập", "cùng đơn vị"]
    text = answer.content.decode()
    assert "Vẫn lưu là bản ghi khác" in text
    assert 'value="Bác sĩ"' in text
    assert Recipient.objects.count() == 1
    kept = person(name="NÔNG THỊ HOÀ", unit=other_unit.pk, post="Bác sĩ", apart=f"{first.pk},")
    assert client.post(reverse("new_recipient"), kept).status_code == 302
    pair = Double.objects.get()
    assert (pair.first, pair.state) == (first, "apart")
    assert Change.objects.filter(about="double", key=pair.pk, what="keep_apart").exists()
    # Saved again, also with another post: it is not asked again.
    second = pair.second
    again = edit_typed(second) | {"name": "Nông Thị Hòa", "post": "Y tá"}
    assert client.post(reverse("edit_recipient", args=[second.pk]), again).status_code == 302


def test_a_change_that_makes_a_double_is_asked_about(client_of, officer, other_unit):
    first = enter(officer, unit=other_unit, began_on=date(1980, 3, 2))
    second = enter(officer, name="Vi Văn An", unit=other_unit)
    typed = edit_typed(second) | {"name": "Nông Thị Hòa"}
    answer = client_of(officer).post(reverse("edit_recipient", args=[second.pk]), typed)
    assert [match.recipient for match in answer.context["form"].matches] == [first]
    assert fresh(second).name == "Vi Văn An"


def test_doubles_are_found_by_codes_and_units_that_became_others(officer, communes):
    old, other, new = communes
    person_ = enter(officer, name="Vi Văn An", unit=old, staff_code="LS-01")
    room = enter(officer, "collective", "Văn phòng", unit=old)
    home = enter(officer, "household", "Hộ gia đình Vi Văn Tư", head="Vi Văn Tư", address="Thôn Mẫu", unit=old)
    for row, expected in [
        (Recipient(kind="person", name="Vi Van An", unit=new), person_),
        (Recipient(kind="person", name="Người khác", staff_code="LS-01"), person_),
        (Recipient(kind="collective", name="Văn phòng", unit=new), room),
        (Recipient(kind="household", name="Hộ ông Vi Văn Tư", head="Vi Văn Tư", address="thôn mẫu"), home),
    ]:
        assert [match.recipient for match in matches_of(row)] == [expected], row
    assert matches_of(Recipient(kind="person", name="Vi Văn An", unit=other)) == []


def test_a_pair_that_a_correction_parts_waits_no_more(client_of, officer, other_unit):
    first, second = (make_recipient(name=name, unit=other_unit) for name in ("Nông Thị Hòa", "Nông Thị Hoà"))
    assert store_all() == 1
    assert client_of(officer).post(
        reverse("edit_recipient", args=[second.pk]), edit_typed(second) | {"name": "Nông Thị Hoan"}
    ).status_code == 302  # fmt: skip
    assert not Double.objects.exists()
    # What is no fact that pairs are made by asks nothing and parts nothing.
    second = fresh(second)
    client_of(officer).post(
        reverse("edit_recipient", args=[second.pk]),
        edit_typed(second) | {"name": "Nông Thị Hòa", "apart": f"{first.pk}"},
    )
    assert Double.objects.get().state == "apart"
    actions.reopen(Double.objects.get(), by=officer, reason="Xem lại")
    row = fresh(second)
    client_of(officer).post(reverse("edit_recipient", args=[row.pk]), edit_typed(row) | {"post": "Bác sĩ"})
    assert (fresh(row).post, Double.objects.get().state) == ("Bác sĩ", "open")
