"""Votes: who gives them, once each, on whom; what is stored of secret ones; what is refused in words."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from awards.council import actions, counting
from awards.models import Box, Item, Nomination, Piece, Seat, Vote
from awards.nominations import lines
from documents.models import Change, Upload
from documents.steps.refusing import Refused

from ..conftest import make_recipient
from .made import again, all_votes, called, entered, fit, made_file, prepared, seats


def box(meeting):
    return Box.objects.get(meeting=meeting)


def test_an_open_vote_keeps_what_each_said(opened, nine):
    actions.vote(opened, by=nine["council_member"], votes=all_votes(opened, **{"Nông Thị Bình": False}))
    seat = Seat.objects.get(member__user=nine["council_member"])
    assert (seat.came, seat.entered_by, seat.voted_at is None) == ("present", None, False)
    assert list(Vote.objects.order_by("item__position").values_list("seat", "agrees")) == [
        (seat.pk, True), (seat.pk, False), (seat.pk, True),
    ]  # fmt: skip


def test_a_secret_vote_leaves_sums_alone(secret, nine):
    for who, agrees in (("council_member", True), ("chair", False), ("leader", True)):
        actions.vote(again(secret), by=nine[who], votes=all_votes(secret, agrees))
    assert not Vote.objects.exists()
    keys = [str(key) for key in secret.items.values_list("pk", flat=True)]
    assert (box(secret).cast, box(secret).agreed, box(secret).against) == (
        3,
        dict.fromkeys(keys, 2),
        dict.fromkeys(keys, 1),
    )
    told = Change.objects.filter(about="meeting", what="vote")
    assert [row.changes for row in told] == [{}, {}, {}]


def test_what_is_stored_of_a_secret_vote_does_not_tell_who_gave_what(secret, nine):
    """Two who vote differently, in either order, leave the same rows behind."""
    found = []
    for first in (True, False):
        with transaction.atomic():
            actions.vote(again(secret), by=nine["council_member"], votes=all_votes(secret, first))
            actions.vote(again(secret), by=nine["chair"], votes=all_votes(secret, not first))
            found.append(
                (
                    box(secret).agreed,
                    box(secret).against,
                    list(Seat.objects.order_by("pk").values("came", "entered_by")),
                )
            )
            transaction.set_rollback(True)
    assert found[0] == found[1]


def test_nobody_votes_twice(opened, nine):
    actions.vote(opened, by=nine["chair"], votes=all_votes(opened))
    with pytest.raises(Refused, match=r"Lương Văn Chủ đã bỏ phiếu lúc .* không bỏ lại được"):
        actions.vote(again(opened), by=nine["chair"], votes=all_votes(opened))
    with pytest.raises(Refused, match="đã bỏ phiếu lúc"):
        actions.enter(again(opened), by=nine["officer"], seat=seats(opened)[0], votes=all_votes(opened))


def test_every_item_is_voted_on(opened, nine):
    votes = all_votes(opened)
    votes.popitem()
    with pytest.raises(Refused, match=r"Còn 1 đề nghị chưa chọn: 3. Nông Thị Cúc"):
        actions.vote(opened, by=nine["chair"], votes=votes)


def test_who_left_before_the_day_does_not_vote(opened, nine):
    member = seats(opened)[3].member
    member.until = date(2026, 11, 19)
    member.save()
    with pytest.raises(Refused, match="Đinh Quang Phúc không là thành viên Hội đồng vào ngày 20/11/2026"):
        actions.vote(again(opened), by=nine["council_member"], votes=all_votes(opened))


def test_a_vote_after_the_count_is_refused(counted, nine):
    with pytest.raises(Refused, match="«Bỏ phiếu» khi cuộc họp đang ở bước «Đã kiểm phiếu»"):
        actions.vote(counted, by=nine["chair"], votes=all_votes(counted))


def test_a_meeting_is_voted_on_from_its_day_a_vote_in_writing_from_its_call(council, officer, nine, dossier):
    later = called(prepared(council, officer, [fit(dossier, "Bế Văn Một")], held_on=date(2026, 11, 25)), officer)
    with pytest.raises(Refused, match="Cuộc họp vào ngày 25/11/2026: bỏ phiếu từ ngày đó"):
        actions.vote(later, by=nine["chair"], votes=all_votes(later))
    rows = [fit(dossier, "Bế Văn Hai")]
    in_writing = called(prepared(council, officer, rows, held_on=date(2026, 11, 25), way="writing"), officer)
    actions.vote(in_writing, by=nine["chair"], votes=all_votes(in_writing))
    assert seats(in_writing)[0].came == "written"


@pytest.mark.parametrize("second", [False, True])
def test_nobody_votes_on_themselves(council, officer, nine, dossier, second):
    """Also where the nomination is about a second record of the member; the whole stays all members."""
    own = make_recipient(name="Đinh Quang Phúc", unit=dossier.unit)
    council.members.filter(user=nine["council_member"]).update(recipient=own)
    proposed = make_recipient(name="Đinh Q. Phúc", unit=dossier.unit, merged_into=own) if second else own
    rows = [fit(dossier, "Đinh Quang Phúc", recipient=proposed), fit(dossier, "Nông Thị An")]
    meeting = called(prepared(council, officer, rows, body="full"), officer)
    mine = Item.objects.get(nomination=rows[0])
    votes = all_votes(meeting)
    actions.vote(meeting, by=nine["council_member"], votes=votes)
    assert not Vote.objects.filter(item=mine).exists()
    assert Vote.objects.filter(item__nomination=rows[1]).count() == 1
    assert again(meeting).entitled == 7
    for seat in seats(meeting):
        if not seat.voted_at:
            actions.enter(again(meeting), by=officer, seat=seat, votes=votes)
    counting.count(again(meeting), by=officer)
    mine.refresh_from_db()
    assert (mine.agreed, mine.against, mine.needed) == (6, 0, 4)


def test_a_member_who_may_be_the_one_who_is_proposed_is_pointed_out(council, officer, nine, dossier, client_of):
    own = fit(dossier, "Hoàng Văn Ba")
    meeting = called(prepared(council, officer, [own, fit(dossier, "Nông Thị An")], body="full"), officer)
    told = "Trùng tên thành viên Hội đồng"
    page = client_of(officer).get(meeting.get_absolute_url()).content.decode()
    assert told in page
    assert "Hoàng Văn Ba. Nếu là một người" in page
    assert told not in client_of(nine["council_member"]).get(meeting.get_absolute_url()).content.decode()
    council.members.filter(name="Hoàng Văn Ba").update(recipient=own.recipient)
    assert told not in client_of(officer).get(meeting.get_absolute_url()).content.decode()


# --- On paper


def test_papers_of_a_secret_vote_are_sums(secret, nine, officer):
    chosen = seats(secret)[4:]
    first, second, third = secret.items.order_by("position")
    actions.enter_sums(
        again(secret), by=officer, seats=chosen, against={first.pk: 1}, invalid={first.pk: 1, second.pk: 3}
    )
    found = box(secret)
    assert [found.agreed[str(item.pk)] for item in (first, second, third)] == [1, 0, 3]
    assert [found.against[str(item.pk)] for item in (first, second, third)] == [1, 0, 0]
    assert found.cast == 3
    assert {seat.entered_by for seat in seats(secret)[4:]} == {officer}


def test_more_votes_than_papers_are_refused(secret, officer):
    first = secret.items.order_by("position").first()
    with pytest.raises(Refused, match=r"Mục 1, Nông Thị An: 3 phiếu .* nhiều hơn 2 phiếu giấy") as refused:
        actions.enter_sums(secret, by=officer, seats=seats(secret)[5:], against={first.pk: 2}, invalid={first.pk: 1})
    assert refused.value.field == f"against-{first.pk}"
    assert box(secret).cast == 0


def test_papers_of_the_one_who_is_proposed_count_for_the_others_alone(council, officer, dossier):
    own = make_recipient(name="Hoàng Văn Ba", unit=dossier.unit)
    council.members.filter(name="Hoàng Văn Ba").update(recipient=own)
    rows = [fit(dossier, "Hoàng Văn Ba", recipient=own), fit(dossier, "Nông Thị An")]
    meeting = called(prepared(council, officer, rows, is_secret=True, body="full"), officer)
    actions.enter_sums(meeting, by=officer, seats=seats(meeting)[4:])
    sums = {
        item.nomination.name: box(meeting).agreed[str(item.pk)] for item in meeting.items.select_related("nomination")
    }
    assert sums == {"Hoàng Văn Ba": 2, "Nông Thị An": 3}


def test_a_seat_of_another_meeting_is_refused(opened, council, officer, dossier):
    other = called(prepared(council, officer, [fit(dossier, "Bế Văn Một")], body="full"), officer)
    with pytest.raises(Refused, match="không có trong danh sách"):
        actions.enter(opened, by=officer, seat=seats(other)[0], votes=all_votes(opened))


# --- The page of a member


def test_a_member_votes_in_three_clicks(opened, nine, client_of):
    client, address = client_of(nine["council_member"]), reverse("council_vote", args=[opened.pk])
    page = client.get(address)
    assert "Đồng ý tất cả 3" in page.content.decode()
    shown = client.post(address, {"all": "1"})
    assert "Xem lại phiếu" in shown.content.decode()
    sent = {f"item-{item.pk}": "yes" for item in opened.items.all()}
    answer = client.post(address, sent | {"step": "cast"}, follow=True)
    assert "Đã bỏ phiếu" in answer.content.decode()
    assert Vote.objects.filter(agrees=True).count() == 3


def test_what_was_not_chosen_is_told_and_what_was_stays(opened, nine, client_of):
    first, *_ = opened.items.order_by("position")
    answer = client_of(nine["council_member"]).post(
        reverse("council_vote", args=[opened.pk]), {f"item-{first.pk}": "no"}
    )
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "Còn 2 đề nghị chưa chọn" in words
    assert words.count("is-missing") == 2
    assert not Vote.objects.exists()


def test_from_the_look_at_it_one_goes_back_with_what_was_chosen(opened, nine, client_of):
    sent = {f"item-{item.pk}": "no" for item in opened.items.all()} | {"step": "back"}
    answer = client_of(nine["council_member"]).post(reverse("council_vote", args=[opened.pk]), sent)
    assert answer.status_code == 200
    assert answer.content.decode().count("checked") == 3


def test_others_neither_see_nor_vote(opened, nine, client_of):
    for who in ("stranger", "unit_officer"):
        assert client_of(nine[who]).get(reverse("council_vote", args=[opened.pk])).status_code == 404
        assert client_of(nine[who]).get(opened.get_absolute_url()).status_code == 404
        item = opened.items.first()
        assert client_of(nine[who]).get(item.get_absolute_url()).status_code == 404
        assert client_of(nine[who]).get(reverse("council_agenda", args=[opened.pk]) + "?xuat=xlsx").status_code == 404
    assert client_of(nine["officer"]).get(reverse("council_vote", args=[opened.pk])).status_code == 403


def test_what_is_being_prepared_is_not_seen_by_members(draft, nine, client_of):
    assert client_of(nine["council_member"]).get(draft.get_absolute_url()).status_code == 404


# --- Withdrawn meanwhile


def test_a_nomination_that_is_withdrawn_while_the_council_votes_is_marked_and_not_counted(
    voted, nine, three, officer, client_of
):
    lines.withdraw_line(Nomination.objects.get(pk=three[1].pk), by=nine["unit_officer"], reason="Trùng")
    page = client_of(officer).get(reverse("council_agenda", args=[voted.pk])).content.decode()
    assert "Không xét: đã rút" in page
    counting.count(voted, by=officer)
    item = Item.objects.get(nomination=three[1])
    assert (item.agreed, item.chosen, item.stands) == (None, None, False)
    three[1].refresh_from_db()
    assert three[1].state == "withdrawn"
    assert Item.objects.get(nomination=three[0]).chosen is True


def test_who_votes_after_that_is_not_asked_about_it(opened, nine, three):
    lines.withdraw_line(Nomination.objects.get(pk=three[1].pk), by=nine["unit_officer"], reason="Trùng")
    votes = all_votes(opened)
    del votes[Item.objects.get(nomination=three[1]).pk]
    actions.vote(again(opened), by=nine["chair"], votes=votes)
    assert Vote.objects.count() == 2


def test_who_comes_is_noted_as_voting_tells(opened, nine, officer):
    keys = [seat.pk for seat in seats(opened)]
    actions.attend(opened, by=officer, came={keys[0]: ("absent", "Ốm"), keys[4]: ("delegated", "Vi Thị Thư")})
    actions.vote(again(opened), by=nine["chair"], votes=all_votes(opened))
    assert [seats(opened)[place].came for place in (0, 4)] == ["written", "delegated"]
    with pytest.raises(Refused, match="đã bỏ phiếu: nếu không dự họp"):
        actions.attend(again(opened), by=officer, came={keys[0]: ("absent", "")})
    with pytest.raises(Refused, match="hãy ghi ủy quyền cho ai"):
        actions.attend(again(opened), by=officer, came={keys[5]: ("delegated", " ")})


def test_all_at_once_is_entered(opened, officer):
    assert entered(opened, officer, [all_votes(opened)] * 7).seats.filter(voted_at=None).count() == 0


def test_papers_are_entered_by_the_page_of_a_seat(opened, nine, client_of):
    last = seats(opened)[6]
    address = reverse("council_paper_vote", args=[last.pk])
    assert client_of(nine["council_member"]).get(address).status_code == 403
    assert client_of(nine["stranger"]).get(address).status_code == 404
    client = client_of(nine["secretary"])
    assert "Phiếu giấy của Hoàng Văn Ba" in client.get(address).content.decode()
    sent = {f"item-{item.pk}": "no" for item in opened.items.all()}
    assert client.post(address, sent | {"step": "cast"}).status_code == 302
    assert list(Vote.objects.values_list("seat", "agrees").distinct()) == [(last.pk, False)]
    assert seats(opened)[6].entered_by == nine["secretary"]


def test_members_open_what_goes_with_the_nominations_on_their_agenda(opened, nine, dossier, client_of):
    other = made_file(nine["unit_officer"], nine["officer"])
    uploads = [
        Upload.objects.create(
            kind="proof", area="khen-thuong", name="ban.pdf", extension="pdf", content_type="application/pdf", size=1,
            sha256=str(number) * 64, file=ContentFile(b"%PDF-1.4", "ban.pdf"), by=nine["unit_officer"],
        )
        for number in range(2)
    ]  # fmt: skip
    for row, upload in zip((dossier, other), uploads, strict=True):
        Piece.objects.create(dossier=row, line="Báo cáo thành tích", upload=upload)
    client = client_of(nine["council_member"])
    page = client.get(opened.items.first().get_absolute_url()).content.decode()
    assert uploads[0].get_absolute_url() in page
    assert [client.get(upload.get_absolute_url()).status_code for upload in uploads] == [200, 404]
    assert client_of(nine["stranger"]).get(uploads[0].get_absolute_url()).status_code == 404


NO_PART = pytest.mark.parametrize("part", ["9" * 5000, "²", "-1"])


@NO_PART
def test_a_part_of_the_ballot_that_is_none_is_the_first(part, opened, nine, client_of):
    answer = client_of(nine["council_member"]).post(reverse("council_vote", args=[opened.pk]), {"part": part})
    assert (answer.status_code, answer.context["form"].part) == (422, 0)


@NO_PART
def test_a_part_of_the_sums_that_is_none_is_the_first(part, secret, officer, client_of):
    answer = client_of(officer).post(reverse("council_paper_votes", args=[secret.pk]), {"to": part, "part": part})
    assert (answer.status_code, answer.context["form"].part) == (422, 0)
