"""How papers name each other, which one is meant where several have a number, and what a draft is warned of."""

import re
from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from documents import typesetting
from documents.citations.rules import long_form, resolver, short_form, warnings_of
from documents.models import Addressee, Appendix, Document, DocumentType, Effect
from documents.printing.pages import pdf_of
from documents.register import actions as registering
from units.models import Unit

from ..conftest import words

pytestmark = pytest.mark.django_db


def cited(reference, code="BC", day=date(2020, 2, 17), **changes):
    """A paper that everybody may cite."""
    facts = {
        "origin": "cited",
        "type": DocumentType.objects.get(code=code),
        "reference": reference,
        "year": day.year,
        "month": day.month,
        "day": day.day,
        "issuer_name": "UBND tỉnh",
        "subject": "tổng kết công tác năm 2019",
    }
    return Document.objects.create(**facts | changes)


# --- In full, and short


@pytest.mark.parametrize(
    ("facts", "first", "later"),
    [
        (
            {"reference": "50/BC-UBND"},
            "Báo cáo số 50/BC-UBND ngày 17 tháng 02 năm 2020 của UBND tỉnh về tổng kết công tác năm 2019",
            "Báo cáo số 50/BC-UBND",
        ),
        (
            {"reference": "79-CV/TW", "code": "CV", "subject": "về việc phòng, chống dịch"},
            "Công văn số 79-CV/TW ngày 17 tháng 02 năm 2020 của UBND tỉnh về việc phòng, chống dịch",
            "Công văn số 79-CV/TW",
        ),
        (
            {"reference": "98/2023/NĐ-CP", "code": "NĐ", "subject": "quy định chi tiết thi hành Luật"},
            "Nghị định số 98/2023/NĐ-CP ngày 17 tháng 02 năm 2020 của UBND tỉnh quy định chi tiết thi hành Luật",
            "Nghị định số 98/2023/NĐ-CP",
        ),
        (
            {"reference": "06/2022/QH15", "code": "Luật", "subject": "Thi đua, khen thưởng"},
            "Luật Thi đua, khen thưởng",
            "Luật Thi đua, khen thưởng",
        ),
        (
            {"reference": "06/2022/QH15", "code": "Luật", "subject": "Luật Thi đua, khen thưởng"},
            "Luật Thi đua, khen thưởng",
            "Luật Thi đua, khen thưởng",
        ),
        (
            {"reference": "26/2004/PL", "code": "PL", "subject": "tín ngưỡng, tôn giáo"},
            "Pháp lệnh tín ngưỡng, tôn giáo",
            "Pháp lệnh tín ngưỡng, tôn giáo",
        ),
        (
            {
                "reference": "YK 14/02/2020",
                "code": "YK",
                "day": date(2020, 2, 14),
                "issuer_name": "Phó Thủ tướng Vũ Đức Đam",
                "occasion": "cuộc họp trực tuyến",
                "subject": "phòng, chống dịch Covid-19",
            },
            "ý kiến chỉ đạo của Phó Thủ tướng Vũ Đức Đam tại cuộc họp trực tuyến ngày 14 tháng 02 năm 2020 về phòng, chống dịch "
            "Covid-19",
            "ý kiến chỉ đạo của Phó Thủ tướng Vũ Đức Đam ngày 14 tháng 02 năm 2020",
        ),
    ],
)
def test_a_paper_is_named_in_full_and_then_short(facts, first, later):
    row = cited(**facts)
    assert (long_form(row), short_form(row)) == (first, later)
    cite = resolver()
    assert (cite(row.reference, True), cite(row.reference, False)) == (first, later)


def test_a_direction_without_an_occasion_is_named_by_its_day():
    row = cited(
        "YK 14/02/2020", code="YK", day=date(2020, 2, 14), issuer_name="Chủ tịch UBND tỉnh", subject="chống dịch"
    )
    assert long_form(row) == "ý kiến chỉ đạo của Chủ tịch UBND tỉnh ngày 14 tháng 02 năm 2020 về chống dịch"


# --- Which one is meant


@pytest.fixture
def three():
    """Three papers of one number: a year before the letter, of its month, and after it."""
    days = [date(2019, 2, 17), date(2020, 2, 17), date(2020, 3, 17)]
    return [cited("50/BC-UBND", day=day, subject=f"năm {day.year}, tháng {day.month}") for day in days]


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("50/BC-UBND", "17 tháng 02 năm 2020"),
        ("50/BC-UBND 17/02/2019", "17 tháng 02 năm 2019"),
        ("50/BC-UBND 17/2/2019", "17 tháng 02 năm 2019"),
        ("50/BC-UBND 17/03/2020", "17 tháng 3 năm 2020"),
    ],
)
def test_the_newest_that_is_not_younger_is_meant_or_the_one_of_the_day(three, draft, officer, key, meant):
    draft.body = f"Theo {{{{cite:{key}}}}}."
    assert f"ngày {meant}" in resolver(officer, draft.as_paper())(key, True)


@pytest.mark.parametrize("key", ["50/BC-UBND 18/02/2020", "51/BC-UBND", "50/BC-UBND 17/02", "YK 14/02/2020"])
def test_a_day_or_number_that_the_register_has_not_is_not_found(three, officer, key):
    assert resolver(officer)(key, True) is None


def test_where_all_are_younger_the_oldest_is_meant(three, draft, officer):
    draft.year, draft.month = 2018, 1
    assert "ngày 17 tháng 02 năm 2019" in resolver(officer, draft.as_paper())("50/BC-UBND", True)


def test_all_citations_of_a_paper_are_found_in_one_question(three, draft, officer, django_assert_num_queries):
    cited("51/BC-UBND")
    draft.body = "{{cite:50/BC-UBND}} {{cite:50/BC-UBND 17/02/2019}} {{cite:51/BC-UBND}} {{cite:52/BC-UBND}}"
    paper = draft.as_paper(())
    assert officer.inherited_units  # asked once in the life of a request
    # Those that are cited, of which the person sees which.
    with django_assert_num_queries(1):
        cite = resolver(officer, paper)
        found = [
            cite(key, True) is not None for key in ("50/BC-UBND", "50/BC-UBND 17/02/2019", "51/BC-UBND", "52/BC-UBND")
        ]
    assert found == [True, True, True, False]


def test_an_appendix_cites_too(three, draft, officer):
    paper = draft.as_paper([Appendix(title="Phụ lục", body="{{cite:50/BC-UBND}}")])
    assert "ngày 17 tháng 02 năm 2020" in resolver(officer, paper)("50/BC-UBND", True)


# --- Warnings; the draft is of February 2020, judged on the 29th


def warned(draft, user, body):
    draft.body = body
    return warnings_of(draft, user)


def test_a_draft_that_cites_what_holds_is_not_warned(draft, officer):
    cited("50/BC-UBND", effective_from=date(2020, 2, 29), effective_to=date(2020, 3, 1))
    assert warned(draft, officer, "Theo {{cite:50/BC-UBND}}.") == []


def test_a_number_that_the_register_has_not_is_told_in_order_from_every_part(draft, officer):
    draft.bases = "{{cite:1/A}}"
    Appendix.objects.create(document=draft, title="Phụ lục", body="{{cite:3/A}} {{cite:1/A}}")
    assert warned(draft, officer, "{{cite:2/A}} {{cite: 2/A }}") == [
        f"«{number}/A» chưa có trong sổ văn bản. Hãy ghi văn bản đó vào sổ, hoặc viết trích dẫn bằng chữ."
        for number in (1, 2, 3)
    ]


def test_a_paper_of_another_unit_is_as_unknown_as_none(draft, officer, unit_officer):
    registering.receive(
        Document(type=draft.type, reference="7/A", year=2020, issuer_name="B", subject="c"),
        by=unit_officer,
        arrived_on=date(2021, 1, 4),
    )
    assert len(warned(draft, officer, "{{cite:7/A}}")) == 1


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"day": date(2020, 3, 1)}, ["ngày 01/03/2020 có ngày sau văn bản này (29/02/2020)"]),
        ({"day": date(2020, 2, 29)}, []),
        ({"effective_to": date(2020, 2, 29)}, ["đã hết hiệu lực từ ngày 29/02/2020"]),
        ({"effective_to": date(2020, 3, 1)}, []),
        ({"effective_from": date(2020, 3, 1)}, ["có hiệu lực từ ngày 01/03/2020, sau ngày 29/02/2020"]),
        ({"state": "recalled"}, ["đã thu hồi"]),
    ],
)
def test_a_paper_that_does_not_hold_on_the_day_of_the_draft_is_told(draft, officer, facts, told):
    cited("50/BC-UBND", **facts)
    found = warned(draft, officer, "{{cite:50/BC-UBND}}")
    assert [words in warning for words, warning in zip(told, found, strict=True)] == [True] * len(told)


@pytest.mark.parametrize(
    ("kind", "new", "told"),
    [
        (
            "replaces",
            {"day": date(2020, 2, 20)},
            ["Báo cáo số 50/BC-UBND ngày 17/02/2020 đã bị thay thế bằng Báo cáo số 60/BC-UBND từ ngày 20/02/2020"],
        ),
        (
            "recalls",
            {"day": date(2020, 2, 20)},
            ["Báo cáo số 50/BC-UBND ngày 17/02/2020 đã bị thu hồi bằng Báo cáo số 60/BC-UBND từ ngày 20/02/2020"],
        ),
        ("replaces", {"day": date(2020, 2, 20), "effective_from": date(2020, 3, 1)}, []),
        ("replaces", {"day": date(2020, 3, 20)}, []),
    ],
)
def test_a_paper_that_another_ended_is_told_from_the_day_it_ended(draft, officer, kind, new, told):
    target = cited("50/BC-UBND")
    registering.supersede(target, by=officer, paper=cited("60/BC-UBND", **new), kind=kind)
    found = warned(draft, officer, "{{cite:50/BC-UBND}}")
    assert found == [f"{words}. Hãy xem có phải trích dẫn văn bản khác không." for words in told]


def test_a_draft_that_would_end_a_paper_has_not_ended_it_yet(draft, officer):
    Effect.objects.create(paper=draft, target=cited("50/BC-UBND"), kind="replaces")
    assert warned(draft, officer, "{{cite:50/BC-UBND}}") == []


def test_a_paper_of_a_unit_that_had_ended_is_told(draft, officer):
    unit = Unit.objects.create(code="so-cu", name="Sở Cũ", kind="department", ended=date(2019, 12, 31))
    cited("50/BC-UBND", issuer_unit=unit)
    cited("51/BC-UBND", issuer_unit=unit, day=date(2019, 12, 31))
    assert warned(draft, officer, "{{cite:50/BC-UBND}} {{cite:51/BC-UBND}}") == [
        "Báo cáo số 50/BC-UBND ngày 17/02/2020 ghi cơ quan ban hành là Sở Cũ (đến 31/12/2019), đơn vị không hoạt động vào "
        "ngày đó. Hãy sửa ở sổ văn bản."
    ]


def test_several_of_a_number_are_told_with_the_one_meant_unless_the_day_says_it(three, draft, officer):
    assert warned(draft, officer, "{{cite:50/BC-UBND}}") == [
        "«50/BC-UBND»: sổ có 3 văn bản cùng số; đang trích dẫn Báo cáo số 50/BC-UBND ngày 17/02/2020 của UBND tỉnh. "
        "Muốn chỉ đích danh, hãy ghi thêm ngày: {{cite:50/BC-UBND 17/02/2020}}."
    ]
    assert warned(draft, officer, "{{cite:50/BC-UBND 17/02/2020}}") == []


def test_one_paper_that_stands_twice_in_the_register_is_no_doubt(draft, officer):
    cited("50/BC-UBND")
    registering.receive(
        Document(
            type=draft.type, reference="50/BC-UBND", year=2020, month=2, day=17, issuer_name="UBND TỈNH", subject="c"
        ),
        by=officer,
        arrived_on=date(2020, 2, 18),
    )
    assert warned(draft, officer, "{{cite:50/BC-UBND}}") == []


def test_bodies_and_addressees_that_had_ended_are_told(draft, officer, province, other_unit):
    province.ended = date(2020, 2, 28)
    province.save()
    other_unit.ended = date(2020, 1, 31)
    other_unit.save()
    Addressee.objects.create(document=draft, key="don-vi:so-y-te", label="Sở Y tế")
    Addressee.objects.create(document=draft, key="don-vi:so-noi-vu", label="Sở Nội vụ")
    Addressee.objects.create(document=draft, key="loai:department", label="Các sở")
    assert warned(Document.objects.get(pk=draft.pk), officer, "Không trích dẫn.") == [
        "Cơ quan ban hành UBND tỉnh Lạng Sơn (đến 28/02/2020) không hoạt động vào ngày 29/02/2020. "
        "Hãy chọn cơ quan kế thừa.",
        "Nơi nhận Sở Y tế (đến 31/01/2020) không hoạt động vào ngày 29/02/2020. Hãy chọn đơn vị kế thừa.",
    ]


def test_an_unsaved_draft_can_be_looked_at_too(officer, province):
    row = Document(issuer_unit=province, body="{{cite:9/A}}", year=2020, month=2)
    assert warnings_of(row, officer) == [
        "«9/A» chưa có trong sổ văn bản. Hãy ghi văn bản đó vào sổ, hoặc viết trích dẫn bằng chữ."
    ]


def test_warnings_ask_the_same_number_of_questions_for_one_citation_and_for_many(
    draft, officer, django_assert_num_queries
):
    new = cited("99/BC-UBND")
    unit = Unit.objects.create(code="so-cu", name="Sở Cũ", kind="department", ended=date(2019, 12, 31))
    for number in range(1, 20):
        old = cited(f"{number}/BC-UBND", state="replaced", issuer_unit=unit)
        Effect.objects.create(paper=new, target=old, kind="replaces")
        Addressee.objects.create(document=draft, key=f"don-vi:u{number}", label="Đơn vị")
        Unit.objects.create(code=f"u{number}", name="Đơn vị", kind="department", ended=date(2019, 12, 31))
    assert officer.inherited_units  # asked once in the life of a request
    for count in (1, 19):
        body = " ".join(f"{{{{cite:{number}/BC-UBND}}}}" for number in range(1, count + 1))
        draft.body = body
        # Appendices, papers that the person sees, what ended them, addressees, units.
        with django_assert_num_queries(5):
            found = warnings_of(draft, officer)
        assert len(found) == 2 * count + 19


# --- For the picker


def test_papers_are_found_by_any_words_with_how_they_are_cited_and_whether_they_hold(officer, client_of):
    old = cited("50/BC-UBND")
    registering.supersede(old, by=officer, paper=cited("60/BC-UBND", subject="việc khác"), kind="replaces")
    answer = client_of(officer).get(reverse("cite_search"), {"q": "tong ket 50/bc"}).json()
    assert answer == {
        "results": [
            {
                "reference": "50/BC-UBND",
                "key": "50/BC-UBND 17/02/2020",
                "text": "Báo cáo số 50/BC-UBND ngày 17 tháng 02 năm 2020 của UBND tỉnh về tổng kết công tác năm 2019",
                "holds": False,
                "doubt": "đã bị thay thế bằng Báo cáo số 60/BC-UBND từ ngày 17/02/2020",
            }
        ]
    }


def test_the_picker_finds_no_drafts_and_nothing_of_other_units(draft, officer, stranger, client_of):
    registering.receive(
        Document(type=draft.type, reference="7/A", year=2020, issuer_name="B", subject="phong trào"),
        by=officer,
        arrived_on=date(2021, 1, 4),
    )
    found = [
        [
            row["reference"]
            for row in client_of(person).get(reverse("cite_search"), {"q": "phong trao"}).json()["results"]
        ]
        for person in (officer, stranger)
    ]
    assert found == [["7/A"], []]


def test_the_picker_gives_twenty_at_most_and_asks_as_much_for_one_as_for_many(
    officer, client_of, django_assert_max_num_queries
):
    client, address = client_of(officer), reverse("cite_search")
    cited("1/BC-UBND", day=date(2020, 1, 1))
    with django_assert_max_num_queries(10) as few:
        client.get(address)
    for number in range(2, 31):
        cited(f"{number}/BC-UBND", day=date(2020, 1, number))
    with django_assert_max_num_queries(len(few)):
        rows = client.get(address).json()["results"]
    assert [row["reference"] for row in rows] == [f"{number}/BC-UBND" for number in range(30, 10, -1)]


@pytest.mark.parametrize("words", ["\0", "%", "x" * 10_000])
def test_the_picker_takes_any_characters(officer, client_of, words):
    assert client_of(officer).get(reverse("cite_search"), {"q": words}).status_code == 200


# --- The laws


def test_the_laws_are_loaded_once_and_what_the_office_corrected_stays():
    call_command("load_laws", verbosity=0)
    law = Document.objects.get(reference="06/2022/QH15")
    law.note = "Đã kiểm tra"
    law.save()
    Effect.objects.get(target__reference="01/2024/TT-BNV").delete()
    before = [list(model.objects.order_by("pk").values()) for model in (Document, Effect)]
    call_command("load_laws", verbosity=0)
    assert [list(model.objects.order_by("pk").values()) for model in (Document, Effect)] == before


def test_the_laws_tell_what_replaced_what_and_from_when():
    call_command("load_laws", verbosity=0)
    effects = Effect.objects.select_related("paper", "target").order_by("pk")
    assert {(row.target.reference, row.paper.reference, row.target.effective_to) for row in effects} == {
        ("15/2003/QH11", "06/2022/QH15", date(2024, 1, 1)),
        ("47/2005/QH11", "06/2022/QH15", date(2024, 1, 1)),
        ("39/2013/QH13", "06/2022/QH15", date(2024, 1, 1)),
        ("91/2017/NĐ-CP", "98/2023/NĐ-CP", date(2024, 1, 1)),
        ("13/2023/NĐ-CP", "356/2025/NĐ-CP", date(2026, 1, 1)),
        ("08/2017/TT-BNV", "12/2019/TT-BNV", None),
        ("98/2023/NĐ-CP", "152/2025/NĐ-CP", date(2025, 7, 1)),
        ("01/2024/TT-BNV", "15/2025/TT-BNV", date(2025, 8, 5)),
        ("01/2011/TT-BNV", "30/2020/NĐ-CP", date(2020, 3, 5)),
        ("110/2004/NĐ-CP", "30/2020/NĐ-CP", date(2020, 3, 5)),
        # The base salary, of which prizes are a multiple.
        ("47/2017/NĐ-CP", "72/2018/NĐ-CP", date(2018, 7, 1)),
        ("72/2018/NĐ-CP", "38/2019/NĐ-CP", date(2019, 7, 1)),
        ("38/2019/NĐ-CP", "24/2023/NĐ-CP", date(2023, 7, 1)),
        ("24/2023/NĐ-CP", "73/2024/NĐ-CP", date(2024, 7, 1)),
        ("73/2024/NĐ-CP", "161/2026/NĐ-CP", date(2026, 7, 1)),
    }
    assert {row.target.state for row in effects} == {"replaced"}


@pytest.mark.parametrize(
    ("reference", "day", "holds"),
    [
        ("15/2003/QH11", date(2020, 2, 29), True),
        ("15/2003/QH11", date(2024, 1, 1), False),
        ("06/2022/QH15", date(2023, 12, 31), False),
        ("06/2022/QH15", date(2024, 1, 1), True),
        ("91/2017/NĐ-CP", date(2020, 2, 29), True),
        ("98/2023/NĐ-CP", date(2025, 6, 30), True),
        ("98/2023/NĐ-CP", date(2025, 7, 1), False),
        ("01/2011/TT-BNV", date(2020, 3, 4), True),
        ("01/2011/TT-BNV", date(2020, 3, 5), False),
    ],
)
def test_a_letter_of_a_day_may_rest_on_the_law_of_that_day(officer, reference, day, holds):
    call_command("load_laws", verbosity=0)
    letter = Document(body=f"{{{{cite:{reference}}}}}", year=day.year, month=day.month, day=day.day)
    assert (warnings_of(letter, officer) == []) is holds


def test_a_basis_cites_in_full_and_the_body_after_it_in_short(officer, province, signer):
    cited("50/BC-UBND")
    facts = {"bases": "Căn cứ {{cite:50/BC-UBND}}", "body": "Theo {{cite:50/BC-UBND}}, các đơn vị báo cáo."}
    decision = DocumentType.objects.get(code="QĐ")
    draft = Document(**words(issuer_unit=province, signer=signer, type=decision, symbol="QĐ-UBND", **facts))
    paper = draft.as_paper(())
    html = typesetting.typeset(paper, DocumentType.objects.catalogue(), cite=resolver(officer, paper))
    text = html.replace('<span class="whole">', "").replace("</span>", "")
    assert "Căn cứ Báo cáo số 50/BC-UBND ngày 17 tháng 02 năm 2020 của UBND tỉnh về tổng kết công tác năm 2019." in text
    assert "Theo Báo cáo số 50/BC-UBND, các đơn vị" in text


def test_a_paper_named_by_two_keys_is_in_full_at_its_first_mention_alone(officer, province, signer):
    cited("50/BC-UBND")
    cited("50/BC-UBND", day=date(2019, 2, 17))
    keys = ["50/BC-UBND 17/02/2020", "50/BC-UBND", "50/BC-UBND 17/2/2020", "50/BC-UBND 17/02/2019"]
    body = "\n\n".join(f"Theo {{{{cite:{key}}}}}." for key in keys)
    paper = Document(**words(issuer_unit=province, signer=signer, body=body)).as_paper(())
    html = typesetting.typeset(paper, DocumentType.objects.catalogue(), cite=resolver(officer, paper))
    text = html.replace('<span class="whole">', "").replace("</span>", "")
    assert re.findall(r"Theo (Báo cáo số 50/BC-UBND(?: ngày 17 tháng 02 năm 20\d\d)?)", text) == [
        "Báo cáo số 50/BC-UBND ngày 17 tháng 02 năm 2020",
        "Báo cáo số 50/BC-UBND",
        "Báo cáo số 50/BC-UBND",
        "Báo cáo số 50/BC-UBND ngày 17 tháng 02 năm 2019",
    ]


def test_a_basis_that_cites_what_is_not_in_the_register_is_told(officer, province, signer):
    draft = Document(**words(issuer_unit=province, signer=signer, bases="Căn cứ {{cite:999/QĐ-XYZ}}"))
    _, faults = pdf_of(draft, user=officer, appendices=())
    assert [(fault.field, fault.message) for fault in faults] == [
        ("bases", "sổ văn bản không có «999/QĐ-XYZ»; hãy ghi văn bản đó vào sổ, hoặc viết trích dẫn bằng chữ")
    ]
