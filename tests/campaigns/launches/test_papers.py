"""What the papers about campaigns say: the decision with its plan, how campaigns of units are named, who stands in a matrix."""

from datetime import date

import pytest
from django.urls import reverse

from campaigns.campaign.papers import named
from campaigns.launches import papers
from campaigns.models import Campaign
from documents.source.authority import disagreement
from documents.source.blanks import blanks
from units.models import Official, Unit

from ...conftest import make_unit
from ..conftest import cited, make_campaign

State = Campaign.State


@pytest.fixture
def decision(province, communes, officer):
    """The launch of a campaign of the province, as a decision; the chairman may sign in two ways."""
    officer.unit.superior = province
    officer.unit.save()
    chairman = Official.objects.create(name="Nông Văn Chủ")
    chairman.terms.create(unit=province, post="Chủ tịch", capacity="TM.", on_behalf_of="Ủy ban nhân dân")
    chairman.terms.create(unit=province, post="Chủ tịch")
    facts = {"asked_kinds": ["department", "commune"], "quota_collectives": 1, "quota_people": 3}
    draft = make_campaign(province, officer, state=State.DRAFT, nominations_until=date(2026, 2, 5), **facts)
    return papers.draft_launch(draft, "QĐ", by=officer)


class TestALaunchByDecision:
    def test_is_of_the_head_and_signed_so(self, decision):
        assert decision.authority_line == "CHỦ TỊCH UBND TỈNH LẠNG SƠN"
        assert (decision.capacity, decision.signer_name) == ("CHỦ TỊCH", "Nông Văn Chủ")
        assert disagreement(decision.as_paper()) == ""

    def test_rests_on_laws_and_a_proposal(self, decision):
        first, *_, last = decision.bases.split("\n")
        assert first == "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025"
        assert last == "Theo đề nghị của Giám đốc Sở Nội vụ"
        assert "152/2025/NĐ-CP" in decision.bases

    def test_is_for_those_of_its_third_article(self, decision):
        assert decision.recipients.split("\n")[0] == "Như Điều 3"
        assert decision.body.split("\n\n")[2] == (
            "**Điều 3.** Chánh Văn phòng Ủy ban nhân dân tỉnh; Giám đốc Sở Nội vụ; Thủ trưởng các sở, ban, ngành tỉnh; "
            "Chủ tịch Ủy ban nhân dân các xã, phường chịu trách nhiệm thi hành Quyết định này."
        )

    def test_issues_a_plan_with_counts_and_days_as_the_decree_writes_them(self, decision):
        assert decision.subject.startswith("ban hành Kế hoạch phát động phong trào thi đua")
        (plan,) = decision.appendices.all()
        assert plan.type_id == "KH"
        for words in (
            "không quá 01 tập thể và 03 cá nhân.",
            "gửi trước ngày 05 tháng 02 năm 2026.",
            "Từ ngày 15 tháng 01 năm 2026 đến ngày 15 tháng 12 năm 2026.",
            "Các xã, phường.",
        ):
            assert words in plan.body
        assert blanks(decision.as_paper()) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("UBND xã Ba Sơn: đợt thi đua cao điểm", "đợt thi đua cao điểm"),
        ("UBND xã Ba Sơn – Phong trào thi đua năm 2026", "phong trào thi đua năm 2026"),
        ("Phát động phong trào thi đua năm 2026", "phong trào thi đua năm 2026"),
        ("UBND xã Ba Sơn phát động đợt thi đua 100 ngày", "đợt thi đua 100 ngày"),
        ("Thi đua cải cách hành chính", "thi đua cải cách hành chính"),
        ("UBND xã Ba Sơn", "phong trào thi đua “UBND xã Ba Sơn”"),
        ("Chung sức xây dựng nông thôn mới", "phong trào thi đua “Chung sức xây dựng nông thôn mới”"),
    ],
)
def test_what_a_unit_launches_is_named_without_the_unit(communes, name, words):
    assert named(Campaign(name=name, unit=communes[0])) == words


class TestTheMatrixOfAYear:
    def test_has_no_column_for_what_asks_nobody(self, campaign, province, officer, client_of):
        make_campaign(province, officer, "Không hỏi ai", asked_kinds=[], document=cited("99/PĐ-UBND"))
        page = client_of(officer).get(reverse("year_launches", args=[2026]))
        assert page.context["campaigns"] == [campaign]

    def test_has_no_row_for_who_was_not_asked(self, campaign, communes, officer, client_of):
        Campaign.objects.filter(pk=campaign.pk).update(ends_on=date(2026, 5, 31), interim_on=None)
        make_unit("xa-moi", "UBND xã Mới", kind=Unit.Kind.COMMUNE, founded=date(2026, 6, 1))
        make_unit("so-x", "Sở X")
        rows = client_of(officer).get(reverse("year_launches", args=[2026])).context["rows"]
        assert {row.unit for row in rows} == set(communes)
        assert all(cell.asked for row in rows for cell in row.cells)
