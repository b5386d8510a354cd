"""The guidance that duties rest on, and the letter that asks for what is late."""

from datetime import date

import pytest
from django.urls import reverse

from clusters.models import Milestone
from clusters.year import actions as milestones
from clusters.year import papers
from documents.drafts.copies import recall
from documents.life.actions import approve, discard, submit
from documents.life.issuing import issue
from documents.steps.refusing import Refused

from .dutied import TODAY, duty, logged

pytestmark = pytest.mark.usefixtures("_today")


def issued(paper, leader, clerk, officer):
    """The paper taken through its steps."""
    paper.signer_name, paper.capacity, paper.symbol = "Hà Văn Vinh", "GIÁM ĐỐC", f"{paper.type.code}-SNV"
    paper.save()
    submit(paper, by=officer)
    approve(paper, by=leader)
    return issue(paper, by=clerk, day=TODAY)


def test_the_guidance_has_the_table_and_what_was_changed_since_does_not_rest_on_it(cluster, officer, leader, clerk):
    division = cluster.division
    plan, pact = duty(division, "plan", date(2026, 3, 15)), duty(division, "pact", date(2026, 3, 31))
    paper = papers.draft_guidance(division, by=officer)
    assert paper.type.code == "HD"
    assert "| 2 | Giao ước đã được các bên ký đủ |  | 31/3/2026 |" in paper.body
    assert [row.key for row in paper.addressees.all()] == ["cum:nam-2026"]
    with pytest.raises(Refused, match="Đã có Hướng dẫn"):
        papers.draft_guidance(division, by=officer)
    pact.refresh_from_db()
    pact.due_on = date(2026, 4, 30)
    milestones.save(pact, by=officer)
    paper = issued(paper, leader, clerk, officer)
    assert paper.deliveries.count() == 7
    plan.refresh_from_db()
    pact.refresh_from_db()
    assert (plan.guidance, plan.clause, pact.guidance) == (paper, "khoản 1, số thứ tự 1", None)
    letter = recall(paper, by=officer, reason="Sai")
    issued(letter, leader, clerk, officer)
    plan.refresh_from_db()
    assert plan.guidance is None


def test_a_changed_duty_rests_on_its_guidance_no_more(cluster, officer, notice):
    row = duty(cluster.division, "plan", date(2026, 3, 15))
    milestones.rest_on(cluster.division, notice, by=officer)
    row.refresh_from_db()
    assert row.guidance == notice
    milestones.save(row, by=officer)
    assert row.guidance == notice
    row.due_on = date(2026, 3, 20)
    assert milestones.save(row, by=officer).guidance is None


def test_a_guidance_made_elsewhere_is_named(cluster, officer, client_of):
    duty(cluster.division, "plan", date(2026, 3, 15))
    client, url = client_of(officer), reverse("guide_clusters", args=[2026])
    wrong = client.post(url, {"paper": "999/HD-SNV"})
    assert wrong.status_code == 422
    assert "Sổ chưa có văn bản số này" in wrong.content.decode()
    assert client.post(url, {"paper": "109/TB-UBND"}).status_code == 302
    assert Milestone.objects.get().guidance.reference == "109/TB-UBND"


def test_no_guidance_without_duties_or_before_the_notice(division, officer):
    with pytest.raises(Refused, match="chưa thông báo"):
        papers.draft_guidance(division, by=officer)


def test_no_guidance_of_nothing(cluster, officer, notice):
    with pytest.raises(Refused, match="Chưa có việc nào"):
        papers.draft_guidance(cluster.division, by=officer)
    with pytest.raises(Refused, match="Chưa có việc nào"):
        milestones.rest_on(cluster.division, notice, by=officer)


def test_the_letter_goes_to_the_leaders_of_late_clusters(year, cluster, other_cluster, officer, eight):
    Milestone.objects.exclude(proof="plan").delete()
    logged(cluster, eight["leader_unit"], "plan", date(2026, 3, 1))
    paper = papers.draft_reminder(year, by=officer)
    leader = other_cluster.memberships.get(role="leader").unit
    assert [row.key for row in paper.addressees.all()] == [f"don-vi:{leader.code}"]
    assert other_cluster.name in paper.body
    assert cluster.name not in paper.body
    with pytest.raises(Refused, match="Đã có Công văn"):
        papers.draft_reminder(year, by=officer)
    discard(paper, by=officer)
    logged(other_cluster, eight["other_cluster"], "plan", date(2026, 3, 1))
    with pytest.raises(Refused, match="Không có khối, cụm nào"):
        papers.draft_reminder(year, by=officer)
