"""Invitations: one for each delegate by a worker that may die, or one with the list; who was invited once they are issued."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from conferences.changes.actions import Wish, change
from conferences.delegates import actions, inviting, papers
from conferences.delegates.inviting import OF_GUEST
from conferences.events import papers as event_papers
from conferences.events.actions import begin
from conferences.events.forms import HoldForm
from conferences.events.models import OF_EVENT, Paper
from conferences.models import Delegate, Delegation, Door, Event, Scan
from documents.areas.papers import key_of
from documents.jobs import jobs
from documents.jobs.working import enlist, work_once
from documents.life import many
from documents.models import Document, Job
from documents.steps.refusing import Refused
from tests.awards.conftest import make_recipient, plain_catalogue, types  # noqa: F401  fixtures
from tests.campaigns.conftest import cited
from tests.documents.jobs.test_working import dies
from tests.documents.jobs.workers import Killed, done_by_worker, fall_silent

NAMES = ["Lý Thị Én", "Nông Văn Ðức", "Vi Văn Ba", "Đinh Văn Tư", "Hà Thị Năm"]


@pytest.fixture
def ready(event):
    """A conference that is ready."""
    Event.objects.filter(pk=event.pk).update(state="ready", begins_at=time(8), chair="Vi Văn Chủ")
    event.refresh_from_db()
    return event


@pytest.fixture
def invited(ready, own, hospital):
    """Five who are settled, one of them sent by another unit, and three who are not asked to come."""
    delegation = Delegation.objects.create(event=ready, unit=hospital)
    more = [("Chưa Chốt", {"state": "chosen"}), ("Đã Rút", {"state": "withdrawn"}), ("Dự Khuyết", {"role": "reserve"})]
    for name, facts in [*((name, {}) for name in NAMES), *more]:
        facts = {
            "reason": "Gương lao động",
            "state": "accepted",
            "delegation": delegation if name == NAMES[0] else None,
        } | facts
        Delegate.objects.create(event=ready, name=name, by=own, post="Nông dân", workplace="Xã Ba Sơn", **facts)
    return ready


def names_of_papers():
    keys = [int(key_of(paper)) for paper in Document.objects.filter(area=OF_GUEST.kind)]
    return sorted(Delegate.objects.get(pk=key).name for key in keys)


def test_each_who_is_settled_has_an_invitation_of_the_own(invited, own):
    job = inviting.draft_each(invited, by=own)
    done_by_worker()
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.message) == ("done", 5, 5, "")
    paper = OF_GUEST.of(Delegate.objects.get(name=NAMES[0]).pk).get()
    assert paper.body.split("\n\n")[:2] == [
        "UBND xã Ba Sơn trân trọng kính mời: Ông/Bà Lý Thị Én, Nông dân, Xã Ba Sơn.",
        "Tới dự: Hội nghị biểu dương điển hình tiên tiến xã Ba Sơn.",
    ]
    assert (paper.type.code, [row.key for row in paper.addressees.all()]) == ("GM", ["don-vi:so-y-te"])
    with pytest.raises(Refused, match="Mỗi đại biểu đã chốt có giấy mời rồi"):
        inviting.draft_each(invited, by=own)


# Where the first worker is killed: the function, at which call of it, and how many invitations were kept by then.
MOMENTS = {"before the first": ("report", 1, 0), "in the middle": ("report", 3, 2), "after the last": ("_keep", 1, 5)}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_worker_that_is_killed_leaves_no_double_and_no_gap(invited, own, monkeypatch, moment):
    name, at, kept = MOMENTS[moment]
    job = inviting.draft_each(invited, by=own)
    heal = dies(monkeypatch, jobs, name, at)
    with pytest.raises(Killed):
        work_once(enlist())
    heal()
    assert Document.objects.filter(area=OF_GUEST.kind).count() == kept
    fall_silent()
    done_by_worker()
    job.refresh_from_db()
    assert (job.state, job.done, job.tries, job.message) == ("done", 5, 2, "")
    assert names_of_papers() == sorted(name.replace("Ð", "Đ") for name in NAMES)


def test_who_left_meanwhile_or_has_one_is_named_and_the_others_have_theirs(invited, own):
    inviting.draft_each(invited, by=own)
    inviting.draft_each(invited, by=own)
    Delegate.objects.filter(name=NAMES[2]).update(state="withdrawn")
    done_by_worker()
    first, second = Job.objects.order_by("pk")
    assert first.message.startswith("1 giấy mời chưa làm được: Vi Văn Ba")
    assert "Đã rút, không mời" in first.message
    assert second.message.startswith("5 giấy mời chưa làm được")
    assert len(names_of_papers()) == 4


def test_who_died_is_not_invited(invited, own, commune):
    who = make_recipient(name="Vi Văn Ba", unit=commune, ended_on=date(2026, 6, 1))
    Delegate.objects.filter(name="Vi Văn Ba").update(recipient=who)
    job = inviting.draft_each(invited, by=own)
    done_by_worker()
    job.refresh_from_db()
    assert "Vi Văn Ba, Nông dân, Xã Ba Sơn: Đã mất ngày 01/06/2026. Hãy xem lại" in job.message
    assert len(names_of_papers()) == 4
    with pytest.raises(Refused, match="cần xem lại trước khi mời: Vi Văn Ba"):
        event_papers.draft(invited, Paper.INVITATION, by=own)


def test_invitations_are_written_when_it_is_ready_and_by_its_unit(invited, own, officer):
    with pytest.raises(Refused, match="do cán bộ của UBND xã Ba Sơn soạn"):
        inviting.draft_each(invited, by=officer)
    Event.objects.filter(pk=invited.pk).update(state="planned")
    with pytest.raises(Refused, match="khi hội nghị đã sẵn sàng"):
        inviting.draft_each(invited, by=own)


def test_whose_invitation_is_issued_is_invited_and_no_longer_when_it_is_recalled(invited, own, signer):
    inviting.draft_each(invited, by=own)
    done_by_worker()
    papers = inviting.invitations_of(invited)
    for what in ("submit", "approve"):
        many.ask(what, papers, by=own)
        done_by_worker()
    many.ask("issue", papers, by=own, day=date(2026, 6, 15))
    done_by_worker()
    assert set(papers.values_list("state", flat=True)) == {"issued"}
    assert sorted(papers.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert Delegate.objects.filter(invited_on=date(2026, 6, 15)).count() == 5
    inviting.hear_guest(papers.first(), "recalled")
    assert Delegate.objects.filter(invited_on__isnull=False).count() == 4


def test_one_invitation_with_the_list_invites_those_who_stand_in_it(invited, own, signer):
    paper = event_papers.draft(invited, Paper.INVITATION, by=own)
    assert "05 đại biểu có tên trong danh sách kèm theo" in paper.body
    assert "| 5 | Lý Thị Én | Nông dân, Xã Ba Sơn | Sở Y tế |" in paper.appendices.get().body
    Delegate.objects.create(event=invited, name="Đến Sau", by=own, state="accepted")
    for what in ("submit", "approve"):
        many.ask(what, OF_EVENT.of(invited.pk), by=own)
        done_by_worker()
    many.ask("issue", OF_EVENT.of(invited.pk), by=own, day=date(2026, 6, 15))
    done_by_worker()
    assert Delegate.objects.filter(invited_on=date(2026, 6, 15)).count() == 5


def test_nobody_is_invited_to_what_was_stopped(invited, own):
    inviting.draft_each(invited, by=own)
    done_by_worker()
    paper = inviting.invitations_of(invited).first()
    Event.objects.filter(pk=invited.pk).update(
        state="stopped", stopped_on="2026-06-01", stopped_by=cited("10/UBND-KGVX", "CV"), stopped_for="Dịch"
    )
    with pytest.raises(Refused, match="đã dừng"):
        inviting.hear_guest(paper, "issued")


DAYS = [
    # What the draft says, the days by now, whether it is refused; a single day first.
    ("", ("2026-06-20", None), False),
    ("", ("2026-07-15", None), True),
    ("từ ngày 20 tháng 6 năm 2026 đến ngày 21 tháng 6 năm 2026", ("2026-06-21", "2026-06-22"), True),
    ("từ ngày 20 tháng 6 năm 2026 đến ngày 21 tháng 6 năm 2026", ("2026-06-21", None), True),
    ("từ 20 đến ngày 21 tháng 6 năm 2026", ("2026-06-20", "2026-06-21"), False),
    ("8 giờ, 15/7/2026 (thứ Tư)", ("2026-07-15", None), False),
    ("8 giờ, 31/02/2026", ("2026-07-15", None), False),
    ("sẽ báo sau", ("2026-07-15", None), False),
]


@pytest.mark.parametrize(("said", "days", "is_old"), DAYS)
def test_an_invitation_to_another_day_than_that_of_the_conference_is_made_anew(invited, own, said, days, is_old):
    Event.objects.filter(pk=invited.pk).update(day="2026-06-20")
    one = event_papers.draft(invited, Paper.INVITATION, by=own)
    inviting.draft_each(invited, by=own)
    done_by_worker()
    each = inviting.invitations_of(invited).first()
    for paper in (one, each):
        paper.body = paper.body.replace("08 giờ 00, ngày 20 tháng 6 năm 2026", said) if said else paper.body
    Event.objects.filter(pk=invited.pk).update(day=days[0], until=days[1])
    for paper, hear in ((one, event_papers.hear), (each, inviting.hear_guest)):
        if is_old:
            with pytest.raises(Refused, match=r"Giấy mời ghi ngày .*Hãy bỏ dự thảo rồi soạn lại"):
                hear(paper, "issued")
        else:
            hear(paper, "issued")
        hear(paper, "recalled")


def test_a_postponed_conference_does_not_have_its_old_invitations_issued(invited, own, signer):
    Event.objects.filter(pk=invited.pk).update(day="2026-06-20")
    inviting.draft_each(invited, by=own)
    done_by_worker()
    change(invited, Wish("postpone", date(2026, 6, 14), "Mưa lũ", new_day=date(2026, 7, 15)), by=own)
    papers = inviting.invitations_of(invited)
    for what in ("submit", "approve", "issue"):
        many.ask(what, papers, by=own, **({"day": date(2026, 6, 15)} if what == "issue" else {}))
        done_by_worker()
    assert not Delegate.objects.filter(invited_on__isnull=False).exists()
    told = "Giấy mời ghi ngày 20/6/2026, hội nghị nay tổ chức ngày 15/7/2026. Hãy bỏ dự thảo rồi soạn lại giấy mời."
    assert told in Job.objects.latest("pk").message


def test_nobody_is_invited_beyond_what_is_planned(invited, own, signer):
    inviting.draft_each(invited, by=own)
    done_by_worker()
    invited.headcounts.update(first=120, number=4)
    papers = inviting.invitations_of(invited)
    for what in ("submit", "approve", "issue"):
        many.ask(what, papers, by=own, **({"day": date(2026, 6, 15)} if what == "issue" else {}))
        done_by_worker()
    assert Delegate.objects.filter(invited_on__isnull=False).count() == 4
    told = Job.objects.latest("pk").message
    assert "Hội nghị dự kiến 4 đại biểu chính thức, đã mời 4: không mời thêm 1 được" in told
    row = Delegate.objects.filter(invited_on__isnull=False).first()
    actions.withdraw(row, by=own, reason="Ốm")
    assert Delegate.objects.get(pk=row.pk).invited_on
    paper = papers.exclude(state="issued").get()
    inviting.hear_guest(paper, "issued")
    Delegate.objects.update(reason="Gương lao động")
    with pytest.raises(Refused, match="đã mời 4: không mời thêm 1 được"):
        actions.restore(Delegate.objects.get(pk=row.pk), by=own, reason="Khỏi")


def test_the_list_of_delegates_and_the_report_on_them(invited, own):
    paper = event_papers.draft(invited, Paper.DELEGATES, by=own)
    assert [row.title for row in paper.appendices.all()] == [
        "Danh sách đại biểu chính thức dự Hội nghị biểu dương điển hình tiên tiến xã Ba Sơn",
        "Danh sách đại biểu dự khuyết dự Hội nghị biểu dương điển hình tiên tiến xã Ba Sơn",
    ]
    assert "06 đại biểu chính thức, 01 đại biểu dự khuyết" in paper.body
    invited.plan.shares.create(trait="woman", percent=30)
    report = event_papers.draft(invited, Paper.COMPOSITION, by=own)
    assert "| 1 | Nữ | 0 |" in report.body
    assert "Chưa đạt cơ cấu theo kế hoạch: Nữ" in report.body
    assert papers.list_behind(invited)


def test_the_page_tells_who_has_one_and_asks_as_much_for_many_as_for_few(
    invited, own, officer, client_of, django_assert_max_num_queries
):
    page = reverse("invitations", args=[invited.pk])
    client = client_of(own)
    assert "5 đại biểu đã chốt chưa có giấy mời" in client.get(page).content.decode()
    assert client.post(reverse("write_invitations", args=[invited.pk])).status_code == 302
    done_by_worker()
    with django_assert_max_num_queries(32) as asked:
        shown = client.get(page).content.decode()
    assert len({one["sql"] for one in asked.captured_queries}) == len(asked), "each question once"
    assert shown.count(">Dự thảo</a>") == 5
    assert client.post(reverse("many_invitations", args=[invited.pk, "submit"])).status_code == 302
    assert client.post(reverse("many_invitations", args=[invited.pk, "eat"])).status_code == 404
    assert client_of(officer).get(page).status_code == 403


def test_the_report_names_whom_it_sent_up_and_who_came_is_counted_at_the_door(invited, own, plan, province, officer):
    congress = begin(Event(unit=province, plan=plan, form="congress", day=date(2026, 11, 20)), by=officer)
    up = Delegation.objects.create(event=congress, unit=invited.unit, source=invited)
    Delegate.objects.create(
        event=congress, delegation=up, name="Lý Thị Én", post="Nông dân", reason="Gương sáng", by=own
    )
    now = timezone.now()
    door = Door.objects.create(
        event=invited, name="Cửa", digest="0" * 64, since=now, until=now + timedelta(hours=1), by=own
    )
    for row in Delegate.objects.filter(event=invited, role="official")[:3]:
        scan = Scan.objects.create(event=invited, door=door, uid=uuid4(), code="A", delegate=row, at=now)
        Delegate.objects.filter(pk=row.pk).update(first_scan=scan)
    assert HoldForm(event=invited)["came-official"].value() == 3
    Event.objects.filter(pk=invited.pk).update(state="held", held_on=date(2026, 7, 20), results="Tốt")
    paper = event_papers.draft(Event.objects.get(pk=invited.pk), Paper.REPORT, by=own)
    assert "Hội nghị chọn cử 01 đại biểu dự Đại hội Thi đua yêu nước tỉnh Lạng Sơn" in paper.body
    assert "| 1 | Lý Thị Én | Nông dân | Gương sáng |" in paper.body
