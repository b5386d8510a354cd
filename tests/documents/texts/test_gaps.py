"""Gaps of texts: which there are, what fills them, what is left open; refused where a text is saved with others."""

import pytest
from django.urls import reverse

from documents.areas import records
from documents.areas.records import OF_RECORDS
from documents.models import DocumentType, OfficeText, Phrase
from documents.source.blanks import blanks
from documents.texts import gaps
from documents.texts.rules import begin_from, plain


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kính gửi {đơn vị}.", "Kính gửi Sở Y tế."),
        ("{ĐƠN  VỊ} báo cáo", "Sở Y tế báo cáo"),
        ("{Phong trào} và {phong trào}", "Phong trào “A” và phong trào “A”"),
        ("Số: {số người} người", "Số: [số người] người"),
        ("{Số người} cá nhân", "[Số người] cá nhân"),
        ("trước ngày {ngày}.", "trước ngày 05 tháng 02 năm 2020."),
        ("**Ngày  {ngày}**", "**Ngày 05 tháng 02 năm 2020**"),
        ("Phong trào {phong trào}", "Phong trào “A”"),
        ("hôm nay {phong trào}, của cụm {cụm}", "hôm nay phong trào “A”, của Cụm thi đua số 1"),
        ("Sở Y tế {đơn vị}, so {đơn vị}", "Sở Y tế Sở Y tế, so Sở Y tế"),
        ("ngày\n{ngày}", "ngày\nngày 05 tháng 02 năm 2020"),
        ("đơn Sở {đơn vị}", "đơn Sở Y tế"),
        ("hàngày {ngày}", "hàngày ngày 05 tháng 02 năm 2020"),
        ("số 11 {số đơn vị}", "số 11 11 đơn vị"),
        ("**{đơn vị}**", "**Sở Y tế**"),
        ("| {đơn vị} |", "| Sở Y tế |"),
        ("Theo {{cite:50/BC-UBND}}", "Theo {{cite:50/BC-UBND}}"),
        (r"\{đơn vị}", r"\{đơn vị}"),
    ],
)
def test_a_gap_is_filled_and_what_nobody_knows_becomes_a_blank(text, words):
    facts = {"đơn vị": "Sở Y tế", "phong trào": "phong trào “A”", "số người": "", "cụm": "Cụm thi đua số 1"}
    facts |= {"ngày": "ngày 05 tháng 02 năm 2020", "số đơn vị": "11 đơn vị"}
    assert gaps.filled(text, facts) == words


def test_what_fills_a_gap_prints_as_it_is():
    facts = {"hội nghị": "# Hội nghị *mở rộng* [lần 2]\n| {đơn vị}"}
    assert gaps.filled("{hội nghị}", facts) == r"\# Hội nghị \*mở rộng\* \[lần 2\] \| \{đơn vị\}"
    assert gaps.filled("{hội nghị}", {"hội nghị": "Hội nghị [lần 2]"}, in_body=False) == "Hội nghị (lần 2)"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Kính gửi {đon vị}, {tên}",
            "Không có chỗ điền {đon vị}, {tên}. Có phải {đơn vị} thay cho {đon vị}? Các chỗ điền có thể dùng: {đơn vị}, {số",
        ),
        ("{} báo cáo", "Không có chỗ điền {}."),
        ("{đơn **vị**}", "Không có chỗ điền {đơn **vị**}."),
        ("{so nguoi} và {đơn vị", "Có phải {số người} thay cho {so nguoi}? Dấu ngoặc nhọn lẻ"),
        ("{so nguoi} và {đơn vị", "Dấu ngoặc nhọn lẻ ở «và {đơn vị»"),
        ("Kính gửi {đơn vị", "Dấu ngoặc nhọn lẻ ở «Kính gửi {đơn vị»"),
        ("Kính gửi đơn vị}", "Dấu ngoặc nhọn lẻ"),
        ("{{đơn vị}}", "Dấu ngoặc nhọn lẻ"),
    ],
)
def test_a_gap_that_there_is_not_is_told_with_those_that_there_are(text, told):
    assert told in gaps.fault_of(text)


@pytest.mark.parametrize(
    "text", ["", "Không có gì.", "{Đơn vị} {số người} [ghi sau]", "{{cite:50/BC-UBND}} {năm}", r"\{x\}"]
)
def test_what_is_right_is_left_alone(text):
    assert gaps.fault_of(text) == ""


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["subject", "bases", "to", "recipients", "body"])
def test_a_text_with_an_unknown_gap_is_not_saved_and_the_words_stay(field, officer, client_of):
    letter = DocumentType.objects.get(code="CV")
    words = {"type": letter.pk, "name": "Mẫu", "body": "Lời.", field: "Gửi {đơn vi}"}
    answer = client_of(officer).post(reverse("new_text"), words)
    assert answer.status_code == 422
    assert "Không có chỗ điền {đơn vi}." in answer.context["form"].errors[field][0]
    assert answer.context["form"][field].value() == "Gửi {đơn vi}"
    assert not OfficeText.objects.exists()


@pytest.mark.django_db
def test_a_phrase_with_an_unknown_gap_is_not_saved(officer, client_of):
    answer = client_of(officer).post(reverse("new_phrase"), {"name": "mời", "body": "Mời {ai}."})
    assert "body" in answer.context["form"].errors
    assert not Phrase.objects.exists()


@pytest.mark.django_db
def test_without_a_record_the_paper_fills_what_it_knows_and_asks_for_the_rest(officer, so_noi_vu):
    text = OfficeText.objects.create(
        type=DocumentType.objects.get(code="CV"), name="Mẫu", subject="báo cáo năm {năm}",
        body="{Người đứng đầu} giao {đơn vị soạn thảo}: {cơ quan} mời {đơn vị}, {số người} người, do {người ký} ký.",
    )  # fmt: skip
    draft = begin_from(text, by=officer, issuer=so_noi_vu)
    assert draft.subject == f"báo cáo năm {draft.year}"
    assert (
        draft.body == "Giám đốc Sở Nội vụ giao Sở Nội vụ: Sở Nội vụ mời [đơn vị], [số người] người, do [người ký] ký."
    )
    assert len(blanks(draft.as_paper(()))) >= 1


def test_every_kind_of_record_answers_only_gaps_that_there_are():
    found = {kind.kind: kind.gaps.keys() for kind in records.kinds()}
    assert found.keys() == {"cum-khoi", "hoat-dong", "phong-trao", "ho-so", "quyet-dinh", "hoi-nghi"}
    assert set().union(*found.values()) - {"năm"} == set(OF_RECORDS)


@pytest.mark.django_db
def test_a_gap_in_a_draft_is_asked_for_before_it_is_handed_in(draft):
    draft.body = "Kính gửi {đơn vị} để biết."
    assert ["{đơn vị}" in fault.message for fault in blanks(draft.as_paper(()))] == [True]


def test_words_are_read_without_signs_of_the_source():
    source = "**Điều 1.** Khen *{đơn vị}*[^1].\n\n# I. PHẦN\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n[^1]: Theo {{cite:50/BC-UBND}}."
    assert plain(source) == "Điều 1. Khen {đơn vị} (Theo 50/BC-UBND.).\n\nI. PHẦN\n\nA | B\n1 | 2"
    assert plain("") == ""
