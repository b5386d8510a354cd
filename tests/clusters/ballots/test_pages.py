"""The pages of ballots and the list of a year."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusters.ballots import actions as ballots
from clusters.ballots.count import count
from clusters.ballots.rules import Figures
from clusters.models import (
    Ballot,
    BallotBox,
    Membership,
)
from units.models import Unit

from ...conftest import make_unit
from ...exported import table_of
from ..conftest import make_cluster
from .made import COUNTED, FLAG, also_ruled, box, candidates, followed, members, prepared, voted


def test_a_ballot_is_prepared_from_its_form(cluster, four, client_of):
    first, second = members(cluster)[:2]
    data = {"award": FLAG, "held_on": "20/11/2026", "seats": 1, "method": "secret"}
    data |= {
        f"stands-{first.pk}": "on",
        f"reason-{first.pk}": "Dẫn đầu",
        f"votes-{second.pk}": "on",
        f"name-{second.pk}": "Bà B",
    }
    client_of(four[0]).post(reverse("new_ballot", args=[cluster.pk]), data)
    ballot = Ballot.objects.get()
    assert list(ballot.candidates.values_list("membership", "reason")) == [(first.pk, "Dẫn đầu")]
    assert list(ballot.voters.values_list("membership", "name")) == [(second.pk, "Bà B")]


def test_a_refused_form_comes_back_filled_with_the_reason_beside_the_field(draft, four, client_of):
    row = draft.candidates.first()
    data = {"award": "Giấy khen", "held_on": "01/02/2027", "seats": 3, "method": "counted", "version": 1}
    answer = client_of(four[0]).post(
        reverse("edit_ballot", args=[draft.pk]), data | {f"reason-{row.membership_id}": "Chữ đã gõ"}
    )
    assert answer.status_code == 422
    assert "Ngày bỏ phiếu phải trong năm thi đua" in answer.context["form"].errors["held_on"][0]
    page = answer.content.decode()
    assert "Giấy khen" in page
    assert "Chữ đã gõ" in page


def test_who_saves_a_stale_form_again_replaces_the_other_version(draft, four, client_of):
    client, url = client_of(four[0]), reverse("edit_ballot", args=[draft.pk])
    ballots.edit(draft, by=four[1], candidates={}, voters={})
    data = {"award": "Giấy khen", "held_on": "20/11/2026", "seats": 3, "method": "counted", "version": 1}
    answer = client.post(url, data)
    assert f"{four[1]} đã lưu một bản mới hơn" in answer.content.decode()
    assert "Giấy khen" in answer.content.decode()
    assert client.post(url, data | {"version": answer.context["form"]["version"].value()}).status_code == 302
    draft.refresh_from_db()
    assert draft.award == "Giấy khen"


def test_a_vote_is_looked_at_before_it_goes_into_the_box(opened, four, client_of):
    client, url = client_of(four[2]), reverse("vote", args=[opened.pk])
    first = candidates(opened)[0]
    page = client.post(url, {"version": opened.version, "candidates": first.pk})
    assert "Xem lại phiếu" in page.content.decode()
    assert box(opened).cast == 0
    assert "no-store" in page["Cache-Control"]
    back = client.post(url, {"version": opened.version, "candidates": first.pk, "step": "back"}).content.decode()
    assert "checked" in back
    assert (
        client.post(url, {"version": opened.version, "candidates": first.pk, "step": "cast"}).url
        == opened.get_absolute_url()
    )
    assert voted(opened) == {first.pk: 1}
    again = client.post(url, {"version": opened.version, "candidates": first.pk, "step": "cast"}, follow=True)
    assert "Mỗi đơn vị một phiếu" in again.content.decode()
    assert BallotBox.objects.get().cast == 1


def test_too_many_ticks_come_back_ticked(opened, four, client_of):
    keys = [row.pk for row in candidates(opened)[:2]]
    for step in ("", "back", "cast"):
        answer = client_of(four[2]).post(
            reverse("vote", args=[opened.pk]), {"version": opened.version, "candidates": keys, "step": step}
        )
        assert answer.status_code == 422
        assert answer.content.decode().count("checked") == 2
    assert box(opened).cast == 0


def test_refused_figures_come_back_beside_their_field(on_paper, four, client_of):
    data = {"version": on_paper.version, "issued": 4, "cast": 4, "valid": 3, "board": "Ông A"} | {
        f"agreed-{row.pk}": votes for row, votes in zip(candidates(on_paper), (4, 0, 0, 0), strict=True)
    }
    answer = client_of(four[0]).post(reverse("count_ballot", args=[on_paper.pk]), data)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [f"agreed-{candidates(on_paper)[0].pk}"]
    assert "Ông A" in answer.content.decode()


def test_a_box_with_too_few_votes_says_so_before_it_is_counted(opened, four, client_of):
    assert "Chưa kiểm được" in client_of(four[0]).get(reverse("count_ballot", args=[opened.pk])).content.decode()


def test_what_waits_for_a_vote(opened, cluster, four, eight, officer):
    ballots.open_ballot(prepared(cluster, four[0], method=COUNTED, award=also_ruled("Bằng khen")), by=four[0])
    assert [
        list(ballots.waiting_for(user)) for user in (four[2], officer, eight["other_cluster"], eight["nobody"])
    ] == [
        [opened],
        [],
        [],
        [],
    ]
    ballots.vote(opened, candidates=[], by=four[2])
    assert not ballots.waiting_for(four[2])


def test_the_list_of_the_year_is_filtered_and_exported_as_filtered(tied, four, officer, client_of):
    opened = ballots.open_ballot(followed(tied, by=four[0]), by=four[0])
    client, url = client_of(officer), reverse("ballots", args=[2026])
    assert client.get(url).content.decode().count("Suy tôn") == 0
    make_cluster(tied.cluster.division, "Cụm không bỏ phiếu")
    assert list(client.get(url).context["filter"].form.fields["cluster"].queryset) == [tied.cluster]
    for query, found in (
        ({"state": "counted"}, [tied]),
        ({"q": "cao loc"}, [tied, opened]),
        ({"q": "khong co"}, []),
        ({"award": FLAG, "cluster": tied.cluster_id}, [tied, opened]),
        ({"cluster": 999}, []),
    ):
        assert set(client.get(url, query).context["page_obj"]) == set(found)
    heads, values = table_of(client.get(url, {"state": "counted", "xuat": "xlsx"}))
    told = dict(zip(heads, values, strict=True))
    assert told["Được đề nghị"] == "UBND xã Ba Sơn (3/4)"
    assert told["Tỷ lệ tối thiểu (%)"] == 50


def test_others_find_only_their_own_in_the_list(opened, eight, client_of):
    for who, found in (("member", [opened]), ("other_cluster", []), ("nobody", [])):
        assert list(client_of(eight[who]).get(reverse("ballots", args=[2026])).context["page_obj"]) == found


def cost(client, url):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("who", ["officer", "leader_unit"])
def test_pages_cost_the_same_with_many_ballots_and_members(tied, four, eight, who, client_of):
    client = client_of(eight[who])
    lists = [reverse("ballots", args=[2026]), reverse("cluster_ballots", args=[tied.cluster_id])]
    few = [cost(client, url) for url in [*lists, tied.get_absolute_url()]]
    for n in range(12):
        unit = make_unit(f"xa-them-{n}", f"UBND xã Thêm {n}", kind=Unit.Kind.COMMUNE)
        Membership.objects.create(cluster=tied.cluster, unit=unit)
    for n in range(12):
        facts = {"method": COUNTED, "award": also_ruled(f"Bằng khen {n}")}
        many = ballots.open_ballot(prepared(tied.cluster, four[0], **facts), by=four[0])
    count(many, by=four[0], figures=Figures(16, 16, 16, dict.fromkeys(many.candidates.all(), 1)))
    assert [cost(client, url) for url in [*lists, many.get_absolute_url()]] == few
