"""What a decision issues under a heading of its own (Nghị định 30/2020/NĐ-CP, Phụ lục III, Mẫu 1.3)."""

import io
from dataclasses import replace

import pdfplumber
import pytest
from django.urls import reverse

from documents import typesetting
from documents.models import Appendix as Row
from documents.papers.actions import save_draft
from documents.source.paper import Appendix, PaperRefused
from documents.source.source import dump, parse
from documents.source.types import BUILT_IN

from ..conftest import typed
from ..sheets import TODAY, html_of, paper

REGULATION = """# Chương I
# QUY ĐỊNH CHUNG

### Điều 1. Phạm vi điều chỉnh

Quy chế này quy định hoạt động của khối, cụm thi đua.

### Điều 2. Nguyên tắc

1. Công khai, dân chủ."""


def decision(*appendices, **changes):
    return replace(
        paper("QĐ", words=40, number=5),
        subject="ban hành Quy chế hoạt động của khối, cụm thi đua",
        appendices=appendices or (Appendix("Quy chế hoạt động của khối, cụm thi đua", REGULATION, type="QC"),),
        **changes,
    )


def pages_of(found):
    with pdfplumber.open(io.BytesIO(typesetting.to_pdf(html_of(found)))) as pdf:
        return [[line for line in page.extract_text().split("\n") if line.strip()] for page in pdf.pages]


def test_a_regulation_has_the_heading_of_its_body_and_its_own():
    first, second = pages_of(decision())
    assert "QUYẾT ĐỊNH" in first
    text = "\n".join(first)
    # Mẫu 1.3: «Ban hành …», not «Về việc ban hành …».
    assert "Ban hành Quy chế hoạt động" in text
    assert "Về việc" not in text
    assert second[:2] == [
        "UBND TỈNH LẠNG SƠN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "SỞ NỘI VỤ Độc lập - Tự do - Hạnh phúc",
    ]
    assert second[2:9] == [
        "QUY CHẾ",
        "Hoạt động của khối, cụm thi đua",
        "(Kèm theo Quyết định số 05/QĐ-SNV ngày 09 tháng 3 năm 2025 của Sở Nội vụ)",
        "Chương I",
        "QUY ĐỊNH CHUNG",
        "Điều 1. Phạm vi điều chỉnh",
        "Quy chế này quy định hoạt động của khối, cụm thi đua.",
    ]
    assert second[-1] == "1. Công khai, dân chủ./."
    assert not any("Phụ lục" in line for line in [*first, *second])


def test_appendices_beside_it_are_counted_alone():
    plain = Appendix("Mẫu báo cáo", "Nội dung.")
    issued = Appendix("Hoạt động", REGULATION, type="QC")
    _, regulation, form = pages_of(decision(issued, plain))
    assert regulation[2] == "QUY CHẾ"
    assert form[0] == "Phụ lục"
    *_, first, second = pages_of(decision(issued, plain, plain))
    assert (first[0], second[0]) == ("Phụ lục I", "Phụ lục II")


def test_the_source_file_keeps_what_it_is():
    found = decision()
    assert "type: QC" in dump(found)
    assert parse(dump(found), BUILT_IN) == found
    plain = decision(Appendix("Mẫu", "Nội dung."))
    assert parse(dump(plain), BUILT_IN) == plain


@pytest.mark.parametrize(
    ("code", "issued", "told"),
    [
        ("CV", "QC", "chỉ quyết định, nghị quyết mới ban hành kèm theo Quy chế"),
        ("QĐ", "CV", "không ban hành kèm theo được «CV»"),
        ("QĐ", "XX", "không ban hành kèm theo được «XX»"),
    ],
)
def test_what_cannot_be_issued_with_a_paper_is_refused(code, issued, told):
    found = replace(paper(code, words=40), appendices=(Appendix("Quy chế", REGULATION, type=issued),))
    with pytest.raises(PaperRefused, match=told):
        typesetting.typeset(found, BUILT_IN, today=TODAY)


@pytest.mark.django_db
def test_it_is_chosen_beside_the_appendix_and_kept(draft, officer, client_of):
    client = client_of(officer)
    page = client.get(reverse("document", args=[draft.pk])).content.decode()
    assert '<option value="QC">Ban hành kèm theo: Quy chế</option>' in page
    assert '<option value="CV"' not in page.partition("phu-luc")[2].partition("nhiem-vu")[0]
    part = {"phu-luc-TOTAL_FORMS": "1", "phu-luc-INITIAL_FORMS": "0"}
    part |= {f"phu-luc-0-{name}": value for name, value in (("title", "Quy chế"), ("orientation", "portrait"))}
    part |= {"phu-luc-0-body": REGULATION, "phu-luc-0-type": "QC"}
    # A letter issues nothing.
    answer = client.post(reverse("document", args=[draft.pk]), typed(draft, **part))
    assert answer.status_code == 422
    assert "Chỉ quyết định, nghị quyết mới ban hành kèm theo" in answer.content.decode()
    row = Row(title="Quy chế", body=REGULATION, type_id="QC")
    draft.type_id = type(draft.type).objects.get(code="QĐ").pk
    save_draft(draft, by=officer, appendices=[row])
    assert draft.as_paper().appendices[0].type == "QC"
    page = client.get(reverse("document", args=[draft.pk])).content.decode()
    assert '<option value="QC" selected>' in page
