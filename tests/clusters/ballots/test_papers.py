"""The minutes of a count and the submission of those who are proposed."""

from decimal import Decimal

import pytest

from clusters.ballots import actions as ballots
from clusters.ballots import papers as ballot_papers
from clusters.ballots.models import Paper
from documents.drafts.copies import replace
from documents.life.actions import approve, discard, submit
from documents.life.issuing import issue
from documents.models import Document
from documents.steps.refusing import Refused

from .made import TODAY, counted, followed, members, rule_out


def table_rows(body):
    return [line for line in body.splitlines() if line.startswith("| ") and "---" not in line]


def test_the_minutes_tell_the_count(on_paper, four):
    counted(on_paper, four[0], 4, 3, 1, 0, valid=4, board="Ông A, trưởng ban\nBà B, thư ký")
    paper = ballot_papers.draft(on_paper, Paper.MINUTES, by=four[0])
    assert (paper.type.code, paper.unit, paper.state) == ("BB", four[0].unit, Document.State.DRAFT)
    assert "| 1 | UBND xã Ba Sơn | 04/04 | 100 % | Được đề nghị |" in paper.body
    assert "phát ra: 04; thu về: 04; hợp lệ: 04; không hợp lệ: 0" in paper.body
    assert "từ 80 % số phiếu đồng ý trở lên" in paper.body
    # The rule was not checked with the original: that stands at the rule, not in the paper.
    assert "từ 04/04 phiếu." in paper.body
    assert "Khoản 7" not in paper.body
    assert (paper.signer_name, paper.second_signer_name) == ("Ông A", "Bà B")


def test_the_submission_tells_rank_and_result_of_all_rounds(tied, four, cluster, officer):
    row = members(cluster)[0]
    sheet = rule_out(row, officer)
    sheet.disqualified, sheet.state, sheet.settled_total, sheet.rank = "", "settled", Decimal("95.50"), 1
    sheet.save()
    second = followed(tied, by=four[0])
    with pytest.raises(Refused, match="Đã có vòng 2"):
        ballot_papers.draft(tied, Paper.SUBMISSION, by=four[0])
    ballots.open_ballot(second, by=four[0])
    second.refresh_from_db()
    counted(second, four[0], 3, 1)
    paper = ballot_papers.draft(second, Paper.SUBMISSION, by=four[0])
    assert paper.type.code == "TTr"
    assert "UBND xã Ba Sơn | 95,5 | 1 | 03/04 | 75 % | Được đề nghị |" in paper.body
    assert "cho: UBND xã Ba Sơn; UBND xã Công Sơn." in paper.body
    assert len(table_rows(paper.body)) == 5
    assert [row.key for row in paper.addressees.all()] == ["don-vi:so-noi-vu"]
    assert paper.to == "Sở Nội vụ"


def test_a_tie_goes_into_the_submission_for_others_to_decide(tied, four):
    body = ballot_papers.draft(tied, Paper.SUBMISSION, by=four[0]).body
    assert "có số phiếu bằng nhau ở vị trí cuối; kính đề nghị cấp có thẩm quyền" in body


def test_no_paper_before_the_count_twice_or_about_nobody(on_paper, four):
    with pytest.raises(Refused, match="Chưa kiểm phiếu"):
        ballot_papers.draft(on_paper, Paper.MINUTES, by=four[0])
    counted(on_paper, four[0], 1, 1, 1, 1)
    with pytest.raises(Refused, match="Không có đơn vị nào đạt tỷ lệ"):
        ballot_papers.draft(on_paper, Paper.SUBMISSION, by=four[0])
    first = ballot_papers.draft(on_paper, Paper.MINUTES, by=four[0])
    with pytest.raises(Refused, match="Đã có Biên bản"):
        ballot_papers.draft(on_paper, Paper.MINUTES, by=four[1])
    assert ballot_papers.missing_from(on_paper) == {"submission"}
    discard(first, by=four[0])
    assert ballot_papers.missing_from(on_paper) == {"minutes", "submission"}
    ballot_papers.draft(on_paper, Paper.MINUTES, by=four[1])


def test_a_paper_is_shown_to_those_who_may_open_it(on_paper, four, client_of):
    counted(on_paper, four[0], 4, 4, 0, 0)
    paper = ballot_papers.draft(on_paper, Paper.SUBMISSION, by=four[0])
    for user, shown in ((four[0], True), (four[2], False)):
        page = client_of(user).get(on_paper.get_absolute_url()).content.decode()
        assert (paper.get_absolute_url() in page) is shown


def issued(paper, by):
    paper.signer_name, paper.capacity, paper.symbol = "Nông Văn Ba", "CHỦ TỊCH", "UBND"
    paper.body = paper.body.replace("…", "tám giờ")
    paper.save()
    submit(paper, by=by)
    approve(paper, by=by)
    return issue(paper, by=by, day=TODAY)


def test_a_paper_that_takes_the_place_of_another_is_the_ballot_s_once_it_is_issued(on_paper, four, client_of):
    counted(on_paper, four[0], 4, 4, 0, 0)

    def shown():
        page = client_of(four[0]).get(on_paper.get_absolute_url())
        return list(page.context["papers"]), page.context["papers_to_draft"]

    first = issued(ballot_papers.draft(on_paper, Paper.SUBMISSION, by=four[0]), four[0])
    later = replace(first, by=four[0], reason="Sai tên")
    assert shown() == ([first], {"minutes"})
    later = issued(later, four[0])
    assert shown() == ([later, first], {"minutes"})
    with pytest.raises(Refused, match=f"Đã có {later.name}"):
        ballot_papers.draft(on_paper, Paper.SUBMISSION, by=four[0])
    minutes = ballot_papers.draft(on_paper, Paper.MINUTES, by=four[0])
    assert shown() == ([minutes, later, first], set())
