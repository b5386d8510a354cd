"""What drafts take from their body: section, archive, proposer; who decides, whether the signature agrees; laws of the day."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import timezone

from documents.life.actions import unready
from documents.models import DocumentType
from documents.papers.rules import archive_for, begin, proposal_for, symbol_for
from documents.source.authority import decider, disagreement, head_of, line_for, with_body
from documents.source.bases import BASES, bases_on
from documents.source.paper import Signature
from units.models import Capacity, Official, Term, Unit

from ..sheets import paper


def term(capacity, post="Chủ tịch", behalf=""):
    return Term(capacity=capacity, post=post, on_behalf_of=behalf, official=Official(name="Nông Văn Minh"))


def unit(name, kind="department", **fields):
    return Unit(name=name, kind=kind, code="x", **fields)


PROVINCE = unit("UBND tỉnh Lạng Sơn", "province", letterhead="ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN", symbol="UBND", pk=1)
OFFICE = unit("Sở Nội vụ", letterhead="SỞ NỘI VỤ", symbol="SNV", pk=2)


@pytest.mark.parametrize(
    ("body", "signer", "line"),
    [
        (PROVINCE, term("", "Chủ tịch"), "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN"),
        (PROVINCE, term("KT.", "Phó Chủ tịch", "Chủ tịch"), "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN"),
        (PROVINCE, term("TUQ.", "Giám đốc Sở Nội vụ", "Chủ tịch"), "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN"),
        (PROVINCE, term("TM.", "Chủ tịch", "Ủy ban nhân dân"), "ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN"),
        (OFFICE, term("Q.", "Giám đốc"), "GIÁM ĐỐC SỞ NỘI VỤ"),
        (OFFICE, None, "GIÁM ĐỐC SỞ NỘI VỤ"),
        (unit("Văn phòng UBND tỉnh", letterhead="VĂN PHÒNG\nUBND TỈNH"), None, "CHÁNH VĂN PHÒNG UBND TỈNH"),
        (unit("Thanh tra tỉnh", letterhead="THANH TRA TỈNH"), None, "CHÁNH THANH TRA TỈNH"),
        (unit("Ban Dân tộc tỉnh", letterhead="BAN DÂN TỘC TỈNH"), None, "TRƯỞNG BAN DÂN TỘC TỈNH"),
        (unit("Cục Thuế tỉnh", "central", letterhead="CỤC THUẾ TỈNH"), None, "CỤC TRƯỞNG CỤC THUẾ TỈNH"),
        (unit("Hội Nông dân tỉnh", "front", letterhead="HỘI NÔNG DÂN TỈNH"), None, "CHỦ TỊCH HỘI NÔNG DÂN TỈNH"),
    ],
)
def test_the_authority_is_that_of_whoever_signs(body, signer, line):
    assert line_for(body, signer) == line


def test_the_head_signs_a_decision_before_whoever_signs_for_the_body():
    terms = [term(capacity, behalf="x") for capacity in ("TUQ.", "TM.", "KT.", "", "Q.")]
    assert decider(terms).capacity == Capacity.OWN
    assert decider(terms[:3]).capacity == Capacity.KT
    assert decider([]) is None
    assert with_body("Giám đốc", "Sở Nội vụ") == "Giám đốc Sở Nội vụ"
    assert head_of(unit("UBND xã Ba Sơn", "commune")) == "Chủ tịch"


@pytest.mark.parametrize(
    ("authority", "capacity", "agrees"),
    [
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH", ("CHỦ TỊCH",), True),
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH", ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), True),
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), False),
        ("Chủ tịch Ủy ban nhân dân tỉnh", ("tm. Ủy ban nhân dân", "Chủ tịch"), False),
        ("ỦY BAN NHÂN DÂN  TỈNH", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), True),
        ("ỦY BAN NHÂN DÂN TỈNH", ("CHỦ TỊCH",), False),
        ("", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), True),
        ("CHỦ TỊCH", (), True),
    ],
)
def test_authority_and_signature_agree(authority, capacity, agrees):
    found = replace(
        paper("QĐ"), issuer=("ỦY BAN NHÂN DÂN", "TỈNH"), authority_line=authority, signature=Signature(capacity, "A")
    )
    assert (disagreement(found) == "") is agrees


SECTION = unit("Sở Nội vụ", symbol="SNV", pk=2, letter_section="TĐKT", archive="VT, TĐKT", proposer="Trưởng phòng TĐKT")


@pytest.mark.parametrize(
    ("body", "by", "symbol", "archive", "proposal"),
    [
        (SECTION, SECTION, "SNV-TĐKT", "VT, TĐKT", "Trưởng phòng TĐKT"),
        (OFFICE, OFFICE, "SNV-VP", "VT, VP", "bộ phận phụ trách thi đua, khen thưởng"),
        (PROVINCE, OFFICE, "UBND-SNV", "VT, SNV", "Giám đốc Sở Nội vụ"),
        (PROVINCE, SECTION, "UBND-SNV", "VT, TĐKT", "Giám đốc Sở Nội vụ"),
        (
            unit("UBND tỉnh", "province", symbol="UBND", pk=1, letter_section="KGVX", archive="VT, KG-VX"),
            SECTION,
            "UBND-KGVX",
            "VT, KG-VX",
            "Giám đốc Sở Nội vụ",
        ),
    ],
)
@pytest.mark.django_db
def test_symbol_archive_and_proposer_are_those_of_the_body(body, by, symbol, archive, proposal):
    letter, decision = DocumentType.objects.get(code="CV"), DocumentType.objects.get(code="QĐ")
    assert symbol_for(letter, body, by) == symbol
    assert symbol_for(decision, body, by) == f"QĐ-{body.symbol}"
    assert archive_for(body, by) == archive
    assert proposal_for(body, by) == f"Theo đề nghị của {proposal}"


@pytest.mark.django_db
class TestADraftOfADecision:
    @pytest.fixture
    def draft(self, province, officer):
        official = Official.objects.create(name="Nông Văn Minh")
        for capacity, behalf in (("TM.", "Ủy ban nhân dân"), ("", "")):
            Term.objects.create(
                official=official, unit=province, post="Chủ tịch", capacity=capacity, on_behalf_of=behalf
            )
        return begin(by=officer, type=DocumentType.objects.get(code="QĐ"), issuer=province)

    def test_begins_with_head_and_article(self, draft, province):
        assert draft.authority_line == "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN"
        assert (draft.capacity, draft.signer_name) == ("CHỦ TỊCH", "Nông Văn Minh")
        assert draft.recipients == "Như Điều 3"
        assert draft.bases.split("\n") == [
            *bases_on(timezone.localdate(), province),
            "Theo đề nghị của Giám đốc Sở Nội vụ",
        ]

    def test_is_not_submitted_while_they_disagree(self, draft, officer, client_of):
        draft.subject, draft.body, draft.capacity = "việc", "**Điều 1.** Việc.", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"
        draft.save()
        before = unready(draft)
        assert any("không ký thay mặt (TM.)" in told for told in before)
        assert (
            "không ký thay mặt (TM.)" in client_of(officer).get(reverse("document", args=[draft.pk])).content.decode()
        )
        draft.capacity = "CHỦ TỊCH"
        assert len(unready(draft)) == len(before) - 1


def test_the_back_office_keeps_what_drafts_begin_with(administrator, client_of):
    page = (
        client_of(administrator).get(reverse("admin:units_unit_change", args=[administrator.unit_id])).content.decode()
    )
    for name in ("letter_section", "archive", "proposer"):
        assert f'name="{name}"' in page


def test_each_law_of_a_decision_holds_from_where_the_one_before_it_ended():
    for kind, start in (("luật tổ chức", "Luật Tổ chức"), ("luật", "Luật Thi đua"), ("nghị định", "Nghị định")):
        rows = [row for row in BASES if row.words.startswith(start)]
        for before, after in pairwise(rows):
            assert (after.begins - before.ends).days == 1, kind


@pytest.mark.parametrize(
    ("day", "issuer", "words"),
    [
        (date(2020, 2, 5), PROVINCE, ["19 tháng 6 năm 2015", "26 tháng 11 năm 2003", "91/2017/NĐ-CP"]),
        (date(2024, 1, 1), OFFICE, ["15 tháng 6 năm 2022", "98/2023/NĐ-CP"]),
        (date(2025, 7, 1), PROVINCE, ["16 tháng 6 năm 2025", "15 tháng 6 năm 2022", "152/2025/NĐ-CP"]),
        (date(2026, 11, 28), OFFICE, ["23 tháng 4 năm 2026", "152/2025/NĐ-CP"]),
    ],
)
def test_a_decision_rests_on_the_laws_of_its_day(day, issuer, words):
    found = bases_on(day, issuer)
    assert len(found) == len(words)
    for line, part in zip(found, words, strict=True):
        assert line.startswith("Căn cứ ")
        assert part in line
