"""Who opens, gives, takes which step, reads; what waits for whom."""

from datetime import date

import pytest
from django.urls import reverse

from clusters.changes import actions as within_year
from clusters.divisions import actions as dividing
from clusters.models import Division, Membership, Score, ScoreSheet
from clusters.scores import actions as scoring
from documents.steps.refusing import Refused
from units.models import Unit

from ...conftest import make_unit
from ..conftest import EIGHT, NOTICE_DAY, make_cluster
from .scored import CLUSTER, DEPARTMENT, FULL, State, fresh, give, make_set, page_of, send, sheet_of


def test_who_opens_the_scoring(turn_of, cluster, category, officer, leader, client_of):
    make_set(category, officer, approver=leader)
    for who in EIGHT:
        with turn_of(who) as person:
            client_of(person).post(reverse("open_scoring", args=[2026]))
            assert ScoreSheet.objects.exists() is (who in DEPARTMENT)
            if who not in DEPARTMENT:
                with pytest.raises(Refused, match="Chỉ chuyên viên, lãnh đạo Sở Nội vụ"):
                    scoring.open_scoring(cluster.division, by=person)


@pytest.mark.parametrize(
    ("state", "allowed", "column"),
    [
        (State.OPEN, {"member"}, "own"),
        (State.SENT, CLUSTER, "verified"),
        (State.VERIFIED, DEPARTMENT, "settled"),
        (State.SETTLED, set(), "settled"),
    ],
)
def test_who_gives_points_in_which_step(opened, eight, turn_of, state, allowed, column, client_of):
    sheet = sheet_of(eight["member"])
    total = 80 if state == State.SETTLED else None
    ScoreSheet.objects.filter(pk=sheet.pk).update(state=state, settled_total=total)
    Score.objects.filter(sheet=sheet).update(own=1, verified=1, settled=1)
    typed = page_of(sheet, {"1": "2"}, m1_note="Lý do")
    for who in EIGHT:
        with turn_of(who) as person:
            answer = client_of(person).post(sheet.get_absolute_url(), typed)
            changed = Score.objects.get(sheet=sheet, criterion__code="1")
            assert answer.status_code == (302 if who in allowed else 404 if who in ("other_cluster", "nobody") else 403)
            assert getattr(changed, column) == (2 if who in allowed else 1)
            if who not in allowed:
                with pytest.raises(Refused, match="không phải lượt của bạn"):
                    give(sheet, {"1": "3"}, by=person)
                with pytest.raises(Refused, match=r"^Việc «.*» do .* làm|khi bảng điểm đang ở bước «Đã chốt»"):
                    scoring.end_step(sheet, by=person)


@pytest.mark.parametrize(
    ("act", "state", "allowed"),
    [
        ("return", State.SENT, DEPARTMENT | CLUSTER),
        ("return", State.VERIFIED, DEPARTMENT),
        ("return", State.SETTLED, DEPARTMENT),
        ("return", State.OPEN, set()),
        ("take_over", State.SENT, DEPARTMENT),
        ("take_over", State.OPEN, set()),
        ("disqualify", State.SENT, DEPARTMENT),
        ("qualify", State.SENT, DEPARTMENT),
    ],
)
def test_who_takes_which_step(opened, eight, turn_of, act, state, allowed, client_of):
    sheet = sheet_of(eight["member"])
    facts = {"state": state, "settled_total": 80 if state == State.SETTLED else None}
    facts["disqualified"] = "Kỷ luật" if act == "qualify" else ""
    rows = ScoreSheet.objects.filter(pk=sheet.pk)
    rows.update(**facts)
    columns = ("state", "disqualified", "version")
    before = rows.values_list(*columns).get()
    for who in EIGHT:
        with turn_of(who) as person:
            typed = {"act": act, "reason": "Lý do", "version": sheet.version}
            client_of(person).post(reverse("sheet_step", args=[sheet.pk]), typed)
            assert (rows.values_list(*columns).get() != before) is (who in allowed)


def test_who_reads_the_scores_of_a_cluster(opened, eight, turn_of, client_of):
    pages = [sheet_of(eight["member"]).get_absolute_url()]
    pages += [reverse(name, args=[opened.pk]) for name in ("cluster_scores", "cluster_charts", "import_scores")]
    counts = dict.fromkeys(DEPARTMENT, 7) | dict.fromkeys(CLUSTER | {"member"}, 4) | {"other_cluster": 3, "nobody": 0}
    for who in EIGHT:
        with turn_of(who) as person:
            client, sees = client_of(person), who not in ("other_cluster", "nobody")
            assert {client.get(page).status_code for page in pages} == {200 if sees else 404}
            assert client.get(reverse("scores", args=[2026])).context["paginator"].count == counts[who]
            assert client.get(reverse("comparison", args=[2026])).status_code == (200 if who in DEPARTMENT else 403)


def test_the_leader_of_another_year_does_not_verify(opened, eight, notice, officer):
    later = Division.objects.create(
        year=2027, begins_on=date(2027, 1, 1), ends_on=date(2027, 12, 31), kinds=["commune"]
    )
    units = [eight["member"].unit, make_unit("xa-ba", "UBND xã Ba", kind=Unit.Kind.COMMUNE)]
    make_cluster(later, "Cụm các xã phía Bắc", *units)
    notice.pk, notice.reference = None, "12/TB-UBND"
    notice.save()
    dividing.put_in_force(later, notice=notice, day=NOTICE_DAY, by=officer)
    send(eight["leader_unit"])
    with pytest.raises(Refused, match="không phải lượt của bạn"):
        give(sheet_of(eight["leader_unit"]), FULL, by=eight["member"])


@pytest.mark.parametrize("who", ["leader_unit", "member"])
def test_a_unit_that_ended_gives_no_points(opened, eight, who):
    send(eight["deputy_unit"])
    user = eight[who]
    user.unit.ended = date(2026, 6, 30)
    user.unit.save()
    target = sheet_of(eight["deputy_unit"] if who == "leader_unit" else user)
    with pytest.raises(Refused, match="không phải lượt của bạn"):
        give(target, FULL, by=fresh(user))


def test_a_member_that_left_gives_no_points(opened, eight, officer, notice):
    row = Membership.objects.get(unit=eight["member"].unit)
    within_year.leave(row, by=officer, since=date(2026, 7, 1), paper=notice, reason="Giải thể")
    with pytest.raises(Refused, match="đã thôi tham gia từ ngày 01/07/2026"):
        give(sheet_of(eight["member"]), FULL, by=eight["member"])
    ScoreSheet.objects.filter(membership=row).update(state=State.SENT)
    with pytest.raises(Refused, match="đã thôi tham gia từ ngày 01/07/2026"):
        scoring.give_back(sheet_of(eight["member"]), by=officer, reason="Xem lại")


def test_a_step_that_is_none_is_not_found(opened, eight, officer, client_of):
    sheet = sheet_of(eight["member"])
    url = reverse("sheet_step", args=[sheet.pk])
    for act in ("xoa", "settle", ""):
        assert client_of(officer).post(url, {"act": act, "reason": "x", "version": 1}).status_code == 404


def test_what_waits_for_whom(opened_with_department, eight, health, officer):
    def waiting(user):
        found = scoring.waiting_for(fresh(user))
        return {kind: [str(row.membership).removeprefix("UBND xã ") for row in rows] for kind, rows in found.items()}

    send(eight["member"])
    send(eight["leader_unit"])
    nothing = {"fill": [], "verify": [], "settle": []}
    assert waiting(eight["member"]) == nothing
    assert waiting(eight["leader_unit"]) == nothing | {"verify": ["Cao Lộc"]}
    assert waiting(eight["deputy_unit"]) == nothing | {"fill": ["Công Sơn"], "verify": ["Ba Sơn", "Cao Lộc"]}
    assert waiting(health) == nothing | {"verify": ["Ba Sơn", "Cao Lộc"]}
    give(sheet_of(eight["member"]), {"2": "30,5"}, by=health)
    assert waiting(health)["verify"] == ["Ba Sơn"]
    ScoreSheet.objects.filter(membership__unit=eight["member"].unit).update(state=State.VERIFIED)
    assert waiting(officer) == nothing | {"settle": ["Cao Lộc"]}
    assert waiting(eight["nobody"]) == nothing
