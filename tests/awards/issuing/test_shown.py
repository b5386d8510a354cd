"""The page of a paper tells what it is about: figures for who approves, ways to the decision and back."""

from awards.council import counting
from awards.council import papers as council_papers
from awards.issuing import correcting, papers, undoing
from awards.issuing.models import Paper
from awards.models import Undoing
from documents.life.actions import agree, present, submit
from tests.conftest import make_user
from units.models import Role

from ..council.made import again, called, entered, fit, made_council, made_file, prepared, yes_of
from .conftest import DAY


def facts_on(client, paper):
    return client.get(paper.get_absolute_url()).content.decode().partition("Văn bản này về")[2].partition("</dl>")[0]


def test_who_approves_reads_what_the_list_gives_and_gets_to_it(passed, composed, officer, leader, client_of):
    decision = composed(passed("Lý A"), passed("Lý B"), passed("Phòng Mẫu", kind="collective"))
    paper = papers.draft(decision, Paper.DECISION, by=officer)
    submit(paper, by=officer)
    page = facts_on(client_of(leader), paper)
    for words in (
        "01 tập thể, 02 cá nhân",
        "15.190.000 đồng",
        decision.get_absolute_url(),
        "Chủ tịch Ủy ban nhân dân tỉnh",
    ):
        assert words in page


def test_the_approver_of_the_province_reads_it_without_a_way_into_the_department(
    passed, composed, officer, leader, clerk, province, client_of
):
    decision = composed(passed("Lý A"))
    paper = papers.draft(decision, Paper.DECISION, by=officer)
    province.series.all().delete()
    submit(paper, by=officer)
    agree(paper, by=leader)
    present(paper, by=clerk, day=DAY, to_whom="Chủ tịch")
    page = facts_on(client_of(make_user("chu-tich", "Hoàng Văn Mẫu", Role.BODY_LEADER, province)), paper)
    assert "01 cá nhân" in page
    assert decision.get_absolute_url() not in page


def test_the_decision_and_what_cancels_or_corrects_it_lead_to_each_other(
    passed, composed, issued, officer, unit_officer, client_of
):
    decision = issued(composed(passed("Lý A"), passed("Lý B")))
    first, second = decision.awards.order_by("position")
    cancelling = undoing.write_undoing(
        decision, Undoing.Kind.CANCEL, [first.pk], by=officer, ground="false-merits", reason="Khai gian thành tích"
    )
    right = correcting.write_correction(second, by=officer, name="Lý Bê", post=second.post, reason="Đánh máy sai")
    client = client_of(officer)
    address = decision.get_absolute_url()
    page = client.get(address).content.decode()
    for paper in (cancelling, right):
        assert paper.get_absolute_url() in page
        submit(paper, by=officer)
        assert address in facts_on(client, paper)
    assert "Lý Bê" in facts_on(client, right)
    assert "1 khen thưởng" in facts_on(client, cancelling)


def test_a_paper_of_the_council_leads_to_its_meeting(types, officer, unit_officer, leader, so_noi_vu, client_of):
    council, file = made_council(so_noi_vu), made_file(unit_officer, officer)
    meeting = called(prepared(council, officer, [fit(file, "Nông Thị An")], body="full"), officer)
    counting.count(entered(meeting, officer, yes_of(meeting, {"Nông Thị An": 6})), by=officer)
    paper = council_papers.draft(again(meeting), "submission", by=officer)
    submit(paper, by=officer)
    page = facts_on(client_of(leader), paper)
    for words in (meeting.get_absolute_url(), "7/7 thành viên", "20/11/2026"):
        assert words in page
