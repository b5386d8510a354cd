"""The papers of a file say what was proposed, in the order of rank; the report is filled from the records."""

import pytest

from awards.models import Authorship, Initiative, Nomination, Opinion, Piece
from awards.nominations import actions, asking, lines
from awards.nominations.models import Paper
from awards.nominations.papers import draft_for, draft_report
from documents.steps.refusing import Refused
from tests.awards.conftest import make_recipient
from tests.days import TODAY

from .conftest import YEAR


@pytest.fixture
def rows(propose, good, unit_officer):
    """A form, titles of two ranks, voted on by the council of the unit."""
    team = make_recipient("collective", "Phòng Mẫu", unit=unit_officer.unit)
    votes = {"votes_for": 8, "votes_of": 9}
    return [propose(good, "BKT", **votes), propose(good, "LDTT", **votes), propose(team, "CTDT", **votes)]


def places_in(text, *words):
    """Where each of ``words`` stands first."""
    return [text.index(word) for word in words]


def test_the_submission_lists_by_rank_with_its_legal_bases(rows, dossier, unit_officer):
    body = draft_for(dossier, Paper.SUBMISSION, by=unit_officer).body
    found = places_in(body, "**Cờ thi đua của Ủy ban", "**“Lao động tiên tiến”", "**Bằng khen của Chủ tịch")
    assert found == sorted(found)
    assert "khen thưởng 01 tập thể, 02 cá nhân" in body
    assert "Luật Thi đua, khen thưởng" in body


def test_the_minutes_tell_the_votes(rows, dossier, unit_officer, officer):
    paper = draft_for(dossier, Paper.MINUTES, by=unit_officer)
    assert paper.body.count("8/9") == 3
    with pytest.raises(Refused):
        draft_for(dossier, Paper.MINUTES, by=unit_officer)
    with pytest.raises(Refused, match="do Sở Y tế soạn"):
        draft_for(dossier, Paper.SUBMISSION, by=officer)


def test_the_report_knows_how_the_work_was_done(rows, good, unit_officer):
    idea = Initiative.objects.create(name="Cải tiến tiếp dân", scope="unit", year=YEAR, number="5/QĐ-SYT")
    Authorship.objects.create(initiative=idea, recipient=good)
    body = draft_report(rows[0], by=unit_officer).body
    assert f"Mức độ hoàn thành nhiệm vụ: năm {YEAR} hoàn thành xuất sắc" in body
    assert "Cải tiến tiếp dân" in body
    assert "Họ và tên: Nông Thị Mẫu." in body
    assert "Chưa được khen thưởng." in body


def test_the_letter_that_asks_and_the_answer_to_the_unit(rows, bring_to, officer, dossier):
    bring_to("received")
    for row in (rows[0], rows[2]):
        lines.accept(row, by=officer, reason="Đã xem hồ sơ giấy")
    dossier.refresh_from_db()
    actions.appraise(dossier, by=officer)
    asked = asking.ask(Opinion(kind="body", body="Công an tỉnh"), [rows[0], rows[2]], by=officer)
    body = asking.draft_letter(asked, by=officer).body
    assert "khen thưởng 01 tập thể, 01 cá nhân:" in body
    assert places_in(body, "Cờ thi đua của Ủy ban", "Bằng khen của Chủ tịch") == sorted(
        places_in(body, "Cờ thi đua của Ủy ban", "Bằng khen của Chủ tịch")
    )
    with pytest.raises(Refused, match="chưa có kết quả"):
        draft_for(dossier, Paper.RESULT, by=officer)
    asking.answer(asked, by=officer, outcome="agreed", day=TODAY, answer="")
    for row in Nomination.objects.going_on():
        lines.refuse(row, by=officer, refusal="Hết chỉ tiêu (Điều 74)")
    body = draft_for(dossier, Paper.RESULT, by=officer).body
    assert "Không được khen thưởng: 01 tập thể, 02 cá nhân." in body
    assert body.count("Hết chỉ tiêu (Điều 74)") == 3


def test_who_got_the_file_reads_what_the_unit_put_into_it(
    rows, bring_to, dossier, client_of, officer, unit_officer, stranger
):
    paper = draft_for(dossier, Paper.SUBMISSION, by=unit_officer)
    paper.capacity, paper.signer_name = "GIÁM ĐỐC", "Hoàng Văn Sáu"
    paper.save()
    Piece.objects.create(dossier=dossier, line="Tờ trình", paper=paper)
    address, page = f"/khen-thuong/ho-so/{dossier.pk}/van-ban/{paper.pk}/", client_of(officer)
    assert page.get(address).status_code == 404
    bring_to("submitted")
    assert page.get(address)["Content-Type"] == "application/pdf"
    assert address in page.get(dossier.get_absolute_url()).content.decode()
    assert client_of(stranger).get(address).status_code == 404
    # Its unit opens the paper itself; another paper of the unit is not of the file.
    assert address not in client_of(unit_officer).get(dossier.get_absolute_url()).content.decode()
    report = draft_report(rows[0], by=unit_officer)
    assert page.get(f"/khen-thuong/ho-so/{dossier.pk}/van-ban/{report.pk}/").status_code == 404
