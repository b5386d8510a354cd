"""«Tra quy định», the page of an award and the rows that wait: who may open them, what they say, what is never said."""

import pytest
from django.urls import reverse
from lxml import html

from awards.models import Measure
from tests.exported import exported_rows, table_of

ROLES = ["officer", "leader", "clerk", "store_keeper", "unit_officer", "stranger", "council_member", "administrator"]
QUESTION = {"khen": "CSTDCS", "ngay": "28/11/2026", "cho": "person", "do": "commune", "phieu": "19"}


def words(answer):
    main = html.fromstring(answer.content).get_element_by_id("main")
    return " ".join(main.text_content().split())


@pytest.fixture
def asking(types, unit_officer, client_of):
    """A function that opens «Tra quy định» as a unit's officer, with what is asked."""
    client = client_of(unit_officer)
    return lambda **asked: client.get(reverse("regulations"), asked)


def test_everybody_may_look_up(types, people, client_of):
    assert set(people) == set(ROLES)
    for who in ROLES:
        client = client_of(people[who])
        for page in ("regulations", "catalogue", "waiting_provisions", "award_type"):
            answer = client.get(reverse(page, args=["CSTDCS"] if page == "award_type" else []))
            assert answer.status_code == 200, (who, page)
            html = answer.content.decode()
            assert f'href="{reverse("regulations")}"' in html
            assert f'href="{reverse("catalogue")}"' in html


@pytest.mark.parametrize("page", ["regulations", "catalogue", "waiting_provisions"])
def test_a_stranger_is_sent_to_the_login(db, client, page):
    assert client.get(reverse(page)).status_code == 302


def test_a_call_is_answered_on_one_page(asking):
    told = words(asking(**QUESTION))
    for part in [
        "Chủ tịch Ủy ban nhân dân cấp xã quyết định. Điều 59 Nghị định số 129/2025/NĐ-CP",
        "80 % của 19: cần ít nhất 16 phiếu đồng ý.",
        "2.530.000 đồng (hai triệu năm trăm ba mươi nghìn đồng).",
        "Bằng chứng nhận, khung. Điều 50 Nghị định số 152/2025/NĐ-CP",
        "Biên bản bình xét thi đua",
        "Thử một trường hợp",
    ]:
        assert part in told


def test_the_day_is_kept_in_the_address_and_what_was_left_open_is_not(asking):
    answer = asking(khen="CSTDCS", cho="", do="", phieu="")
    assert (answer.status_code, answer.url) == (302, "/khen-thuong/tra-quy-dinh/?khen=CSTDCS")
    answer = asking(khen="CSTDCS")
    assert answer.status_code == 302
    assert "ngay=" in answer.url


def test_no_doubt_is_printed_on_the_page_for_the_telephone(asking, plain_catalogue):
    doubts = {row.doubt for row in plain_catalogue.unsure()}
    for asked in (
        QUESTION,
        {"khen": "CSTDTQ", "ngay": "01/01/2020", "cho": "person", "nam": "2019", "d_CSTDT": "2016, 2019"},
    ):
        told = words(asking(**asked))
        assert not [doubt for doubt in doubts if doubt in told]
        assert "Chờ xác nhận" not in told


def test_a_case_is_judged_beside_it(asking):
    case = {
        "khen": "CSTDT",
        "ngay": "28/11/2026",
        "nam": "2025",
        "d_CSTDCS": "2024-2025",
        "s_initiative_province": "2024",
    }
    told = words(asking(**case))
    assert "Chưa đủ điều kiện. Còn thiếu: thêm 1 năm CSTĐ cơ sở 2026." in told
    assert "Đủ điều kiện." in words(asking(**case | {"d_CSTDCS": "2023-2025"}))


def test_what_was_typed_wrongly_stays_and_is_told(asking):
    answer = asking(khen="CSTDT", ngay="28/11/2026", nam="2025", d_CSTDCS="hai năm")
    told = words(answer)
    assert "«hai năm» không phải năm." in told
    assert 'value="hai năm"' in answer.content.decode()
    assert "Xét trường hợp này" not in told


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"ngay": "30/09/2017"}, "Danh mục tra được từ ngày 01/10/2017. Hãy chọn ngày từ đó về sau."),
        ({"ngay": "31/02/2026"}, "Ngày không có thật hoặc viết chưa đúng."),
        ({"cho": "household"}, "“Chiến sĩ thi đua cơ sở” chỉ dành cho cá nhân. Hãy chọn lại."),
        (
            {"khen": "XPTB", "ngay": "31/12/2023", "cho": "collective"},
            "Ngày 31/12/2023 luật không có Xã, phường, thị trấn tiêu biểu (có từ 01/01/2024). Hãy đổi ngày hoặc chọn lại.",
        ),
        ({"khen": "khong-co"}, "Danh mục không có danh hiệu, hình thức đó. Hãy chọn lại."),
        ({"phieu": "0"}, "1"),
    ],
)
def test_a_question_that_cannot_be_is_refused_beside_its_field(asking, asked, told):
    answer = asking(**QUESTION | asked)
    assert answer.status_code == 422
    assert told in " ".join(error for errors in answer.context["form"].errors.values() for error in errors)


def test_for_several_kinds_of_recipients_one_is_chosen_first(asking):
    assert "Chọn «Dành cho» cá nhân, tập thể hay hộ gia đình" in words(asking(khen="BKT", ngay="28/11/2026"))
    assert "Thử một trường hợp" in words(asking(khen="BKT", ngay="28/11/2026", cho="household"))


# --- One award


@pytest.mark.parametrize(
    ("day", "decides"),
    [("30/06/2025", "Chủ tịch Ủy ban nhân dân huyện, thành phố thuộc tỉnh quyết định."),
     ("01/07/2025", "Chủ tịch Ủy ban nhân dân cấp xã quyết định.")],
)  # fmt: skip
def test_an_award_is_shown_as_of_its_day_with_its_days(types, unit_officer, client_of, day, decides):
    answer = client_of(unit_officer).get(reverse("award_type", args=["CSTDCS"]), {"ngay": day})
    found = next(row for row in answer.context["answers"] if row.code == "decides")
    assert decides in [said.words for said in found.said]
    assert len(found.said) == 5
    assert f"Quy định ngày {day}" in words(answer)


def test_danh_hieu_and_hinh_thuc_are_told_apart_by_word_picture_and_look(types, officer, client_of):
    client = client_of(officer)
    for code, look, word in (("CSTDCS", "award-title", "Danh hiệu"), ("GK", "award-form", "Hình thức")):
        page = html.fromstring(client.get(reverse("award_type", args=[code])).content)
        mark = page.xpath("//h1//span[contains(@class, 'award-kind')]")[0]
        assert (look in mark.get("class"), mark.text_content(), len(mark.xpath(".//svg"))) == (True, word, 1)


def test_an_award_that_there_was_not_is_said_so_and_an_unknown_one_is_not_found(types, officer, client_of):
    client = client_of(officer)
    assert "Ngày này không có trong luật" in words(
        client.get(reverse("award_type", args=["XPTB"]), {"ngay": "31/12/2023"})
    )
    assert client.get(reverse("award_type", args=["khong-co"])).status_code == 404


def test_what_waits_is_told_to_all_and_confirmed_by_managers_alone(catalogue, people, client_of):
    address = reverse("award_type", args=["CSTDCS"])
    for who, may in (("officer", True), ("leader", True), ("clerk", False), ("unit_officer", False)):
        answer = client_of(people[who]).get(address, {"ngay": "28/11/2026"})
        assert "Nghị định 152: chưa đọc điều về bỏ phiếu, giữ mức cũ." in words(answer)
        assert (reverse("confirm_provisions") in answer.content.decode()) == may


def test_pages_take_the_same_few_queries(catalogue, officer, client_of, django_assert_max_num_queries):
    client = client_of(officer)
    for address in (reverse("award_type", args=["HCLD3"]), f"{reverse('regulations')}?khen=BKT&ngay=28/11/2026&cho=person",
                    reverse("waiting_provisions"), reverse("catalogue")):  # fmt: skip
        client.get(address)
        with django_assert_max_num_queries(12):
            client.get(address)


# --- What waits


def test_the_rows_that_wait_are_listed_with_why_and_exported(catalogue, officer, client_of):
    client = client_of(officer)
    answer = client.get(reverse("waiting_provisions"))
    assert answer.context["paginator"].count == len(catalogue.unsure())
    rows = exported_rows(client.get(reverse("waiting_provisions"), {"xuat": "xlsx"}))
    assert len(rows) == len(catalogue.unsure())
    assert all(row[3] and row[7] for row in rows)
    votes = exported_rows(client.get(reverse("waiting_provisions"), {"xuat": "xlsx", "loai": "votes", "con": "co"}))
    assert {(row[0], row[3]) for row in votes} >= {("“Chiến sĩ thi đua cơ sở”", "80 % tổng số thành viên Hội đồng")}
    assert len(votes) == Measure.objects.filter(kind="votes", until=None, doubt__gt="").count()


@pytest.mark.parametrize(
    ("asked", "about"), [({"q": "huan chuong sao vang"}, "“Huân chương Sao vàng”"), ({"q": "khongcogi"}, None)]
)
def test_the_rows_that_wait_are_found_without_accents(types, officer, client_of, asked, about):
    table = table_of(client_of(officer).get(reverse("waiting_provisions"), {"xuat": "xlsx", **asked}))
    assert {row[0] for row in table[1:]} == ({about} if about else set())


def test_a_day_that_is_yet_to_come_is_said_to_be(asking):
    told = "Ngày này chưa đến: theo các quy định đã có trong danh mục hôm nay."
    assert told in words(asking(**QUESTION | {"ngay": "01/01/2199"}))
    assert told not in words(asking(**QUESTION | {"ngay": "01/07/2025"}))


def test_an_award_of_another_day_stays_chosen_and_is_told_its_days(asking):
    answer = asking(khen="KNC", ngay="31/12/2023")
    told = "Ngày 31/12/2023 luật không có Kỷ niệm chương của tỉnh (có từ 01/01/2024). Hãy đổi ngày hoặc chọn lại."
    assert (answer.status_code, answer.context["form"].errors) == (422, {"khen": [told]})
    chosen = html.fromstring(answer.content).xpath("//select[@name='khen']//option[@selected]/text()")
    assert chosen == ["Kỷ niệm chương của tỉnh"]
    assert "Chưa tra được." in words(answer)
    assert "Chưa lưu được." not in words(answer)


def test_facts_that_cannot_be_are_refused_beside_their_field(asking):
    answer = asking(**QUESTION, nam="2025", x_good="2026")
    assert answer.status_code == 422
    assert answer.context["facts"].errors["x_good"][0].startswith("Năm 2026 sau năm cuối được xét (2025).")
    assert "judgement" not in answer.context
