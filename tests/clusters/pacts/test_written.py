"""Pacts are drafted, written and laid out for signing; what a party promises for itself."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from clusters.changes import actions as within_year
from clusters.models import Pact
from clusters.pacts import actions as pacts
from clusters.pacts import papers as pact_papers
from clusters.pacts import parties
from clusters.pacts.rules import own_parties
from documents.models import Change
from documents.steps.refusing import Refused

from .made import State, again, line, sign, target, typed

# --- Drafted


def test_a_draft_is_between_all_who_stay_with_the_words_of_the_office(cluster, who, officer, notice, client_of):
    leaving = cluster.memberships.filter(role="member").first()
    within_year.leave(leaving, by=officer, since=date(2026, 3, 1), paper=notice, reason="Chuyển cụm")
    response = client_of(who).post(reverse("cluster_pact", args=[cluster.pk]))
    made = Pact.objects.get()
    assert response.url == reverse("edit_pact", args=[made.pk])
    assert set(made.parties.values_list("membership", flat=True)) == set(
        cluster.memberships.exclude(pk=leaving.pk).values_list("pk", flat=True)
    )
    assert "Căn cứ Thông báo số 109/TB-UBND ngày 25 tháng 02 năm 2026" in made.preamble
    assert made.title == "Giao ước thi đua năm 2026 của Cụm các xã phía Bắc"
    assert "cam kết" not in made.preamble
    assert made.commitment.startswith("1. ")


def test_the_pact_of_the_leaders_is_between_the_leaders_of_all_clusters(cluster, other_cluster, officer, client_of):
    client_of(officer).post(reverse("begin_leaders_pact", args=[2026]))
    made = Pact.objects.get(cluster=None)
    roles = set(made.parties.values_list("membership__cluster", "membership__role"))
    assert roles == {(cluster.pk, "leader"), (other_cluster.pk, "leader")}


def test_a_cluster_has_one_pact_a_year_and_the_leaders_have_one(pact, cluster, who, officer, client_of):
    with pytest.raises(Refused, match="đã có giao ước"):
        pacts.begin(pact_papers.blank(cluster.division, cluster), by=who)
    pacts.begin(pact_papers.blank(cluster.division), by=officer)
    response = client_of(officer).post(reverse("begin_leaders_pact", args=[2026]), follow=True)
    assert "đã có giao ước" in response.content.decode()
    for row in (
        Pact(division=cluster.division, cluster=cluster, title="x"),
        Pact(division=cluster.division, title="x"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


def test_no_pact_before_the_division_was_announced(division, officer, client_of):
    response = client_of(officer).post(reverse("begin_leaders_pact", args=[2026]), follow=True)
    assert "sau khi bảng phân cụm đã thông báo" in response.content.decode()


def test_a_pact_needs_two_parties(cluster, other_cluster, who, officer, notice):
    rows = list(cluster.memberships.with_units())
    for row in rows[1:]:
        within_year.leave(row, by=officer, since=date(2026, 3, 1), paper=notice, reason="x")
    with pytest.raises(Refused, match="ít nhất hai bên"):
        pacts.begin(pact_papers.blank(cluster.division, cluster), by=who)


# --- Words and targets


def test_targets_are_added_crossed_out_and_moved_on_one_page(pact, who, client_of):
    first, second = pact.targets.all()
    sent = typed(
        pact,
        line(first.content, "5", key=first.pk, ORDER=3),
        line(second.content, "98", key=second.pk, ORDER=1, DELETE="on"),
        line("Mô hình mới", "1.250,5", ORDER=2),
        line("", "", "", ORDER=4),
        initial=2,
    )
    response = client_of(who).post(reverse("edit_pact", args=[pact.pk]), sent)
    assert response.url == reverse("pact", args=[pact.pk])
    kept = list(pact.targets.values_list("content", "planned"))
    assert kept == [("Mô hình mới", Decimal("1250.50")), (first.content, Decimal(5))]
    assert pact.targets.last().pk == first.pk
    told = Change.objects.filter(about="pact").first().changes["Chỉ tiêu"]
    assert told[1] == "1. Mô hình mới: 1.250,5 mô hình\n2. Sáng kiến được công nhận: 5 mô hình"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([line("A", "1,250.50")], "kiểu Việt Nam"),
        ([line("A", "-3")], "số âm"),
        ([line("A", "")], "Hãy điền mục này"),
        ([line("A"), line("a")], "đã ghi ở trên"),
    ],
)
def test_wrong_targets_come_back_filled_with_the_reason(pact, who, client_of, rows, words):
    sent = typed(pact, *rows, commitment="Lời cam kết mới")
    response = client_of(who).post(reverse("edit_pact", args=[pact.pk]), sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert "Lời cam kết mới" in page
    assert f'value="{rows[0]["planned"]}"' in page or not rows[0]["planned"]
    assert pact.targets.count() == 2


def test_the_database_holds_no_target_below_zero(pact):
    with pytest.raises(IntegrityError), transaction.atomic():
        pact.targets.update(planned=-1)


def test_a_second_save_of_an_old_version_is_refused_once_and_keeps_what_was_typed(pact, eight, client_of):
    old = typed(pact, line("Của phó"), commitment="Lời của phó")
    pacts.write(pact, targets=[target("Của trưởng")], by=eight["leader_unit"])
    client, url = client_of(eight["deputy_unit"]), reverse("edit_pact", args=[pact.pk])
    response = client.post(url, old)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Nông Văn Ba đã lưu một bản mới hơn" in page
    assert "Lời của phó" in page
    assert pact.targets.get().content == "Của trưởng"
    assert client.post(url, old | {"version": again(pact).version}).status_code == 302
    assert pact.targets.get().content == "Của phó"


def test_an_old_version_of_a_pact_without_a_log_is_refused(pact, who, client_of):
    Change.objects.all().delete()
    response = client_of(who).post(reverse("edit_pact", args=[pact.pk]), typed(pact, line("A"), version="99"))
    assert response.status_code == 422
    assert "Bản bạn đang xem không phải bản mới nhất. Những gì bạn gõ vẫn còn" in response.content.decode()


def test_a_number_that_cannot_be_one_is_no_place_and_no_pact(pact, who, officer, client_of):
    sent = typed(pact, line("Dòng một", ORDER="9" * 5000), line("Dòng hai", ORDER=1))
    response = client_of(who).post(reverse("edit_pact", args=[pact.pk]), sent)
    assert response.status_code == 422
    chosen = {"giao-uoc": ["9" * 30]}
    for name in ("draft_pact_submission", "confirm_pacts"):
        assert client_of(officer).post(reverse(name, args=[2026]), chosen).status_code == 302


def test_an_edit_that_changes_nothing_leaves_no_trace(pact, who):
    before = Change.objects.count()
    pacts.write(pact, targets=list(pact.targets.all()), by=who)
    assert Change.objects.count() == before


def test_a_target_of_another_pact_is_not_taken_over(pact, officer, who):
    other = pacts.begin(pact_papers.blank(pact.division), by=officer)
    pacts.write(other, targets=[target("Của các trưởng")], by=officer)
    pacts.write(pact, targets=[target("Lấy sang", pk=other.targets.get().pk)], by=who)
    assert other.targets.get().content == "Của các trưởng"
    assert pact.targets.get().content == "Lấy sang"


# --- Laid out for signing


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda pact: pact.targets.all().delete(), "ít nhất một chỉ tiêu"),
        (lambda pact: Pact.objects.update(commitment=" "), "lời cam kết"),
        (lambda pact: Pact.objects.update(preamble=""), "lời mở đầu"),
    ],
)
def test_what_is_not_complete_is_not_laid_out_for_signing(pact, who, spoil, words):
    spoil(pact)
    with pytest.raises(Refused, match=words):
        pacts.open_for_signing(pact, by=who)
    assert again(pact).state == State.DRAFT


def test_words_and_targets_stand_still_while_parties_sign(opened, who, client_of):
    with pytest.raises(Refused, match="Chờ các bên ký"):
        pacts.write(opened, targets=[target("Khác")], by=who)
    assert opened.targets.count() == 2
    response = client_of(who).post(reverse("edit_pact", args=[opened.pk]), typed(opened, line("Khác")))
    assert response.status_code == 422


def test_taking_back_voids_signatures_and_scans_and_says_why(scanned, who):
    with pytest.raises(Refused, match="lý do"):
        pacts.take_back(scanned, by=who, reason=" ")
    pacts.take_back(scanned, by=who, reason="Sửa chỉ tiêu")
    found = again(scanned)
    assert (found.state, found.signed_on) == (State.DRAFT, None)
    assert not found.parties.exclude(signed_on=None, signer_name="", signed_by=None).exists()
    assert found.files.get().void
    told = Change.objects.filter(about="pact").first()
    assert told.reason == "Sửa chỉ tiêu"
    assert ["Nông Văn Ký, Chủ tịch, ngày 16/03/2026", "không còn giá trị"] in told.changes.values()


# --- What a party promises for itself


def test_a_party_fills_its_own_aims_while_the_pact_is_open(opened, eight, client_of):
    party = own_parties(opened, eight["member"])[0]
    own, common = opened.targets.all()
    sent = {
        "version": 1,
        "danh-hieu-TOTAL_FORMS": 2,
        "danh-hieu-INITIAL_FORMS": 0,
        "danh-hieu-0-title": "Cờ thi đua của Ủy ban nhân dân tỉnh",
        "danh-hieu-0-quantity": "1",
        "danh-hieu-1-title": "Tập thể lao động xuất sắc",
        "danh-hieu-1-quantity": "3",
        f"own_{own.pk}": "1.250,5",
        f"own_{common.pk}": "98",
    }
    url = reverse("register_pact", args=[opened.pk, party.pk])
    assert client_of(eight["member"]).post(url, sent).status_code == 302
    assert list(party.aims.values_list("title", "quantity"))[1] == ("Tập thể lao động xuất sắc", 3)
    # What equals the common figure is none of its own.
    assert list(party.results.exclude(planned=None).values_list("target", "planned")) == [(own.pk, Decimal("1250.50"))]
    # An old version is refused once, with what was typed.
    response = client_of(eight["member"]).post(url, sent | {"danh-hieu-0-quantity": "7"})
    assert response.status_code == 422
    assert "đã lưu một bản mới hơn" in response.content.decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"danh-hieu-0-quantity": "0"}, "không được nhỏ hơn 1"),
        ({"danh-hieu-0-title": ""}, "Hãy điền mục này"),
        ({"danh-hieu-1-title": "cờ thi đua", "danh-hieu-1-quantity": "2"}, "đã ghi ở trên"),
    ],
)
def test_wrong_aims_come_back_with_the_reason(opened, eight, client_of, fields, words):
    party = own_parties(opened, eight["member"])[0]
    sent = {"version": 1, "danh-hieu-TOTAL_FORMS": 2, "danh-hieu-INITIAL_FORMS": 0}
    sent |= {"danh-hieu-0-title": "Cờ thi đua", "danh-hieu-0-quantity": "1"} | fields
    response = client_of(eight["member"]).post(reverse("register_pact", args=[opened.pk, party.pk]), sent)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not party.aims.exists()


def test_aims_are_filled_by_the_party_or_its_leader_and_stand_once_it_signed(opened, eight, officers):
    party = own_parties(opened, eight["member"])[0]
    other = next(
        row for row in opened.parties.all() if row.membership.unit_id not in {u.unit_id for u in eight.values()}
    )
    parties.register(other, aims=[("Cờ", 1)], figures={}, by=eight["deputy_unit"])
    for by, row in ((eight["member"], other), (eight["other_cluster"], party), (eight["officer"], party)):
        with pytest.raises(Refused, match="do chính đơn vị, hoặc trưởng, phó trưởng cụm, khối làm"):
            parties.register(row, aims=[("Cờ", 1)], figures={}, by=by)
    sign(opened, eight["member"])
    for by in (eight["member"], eight["leader_unit"]):
        with pytest.raises(Refused, match="bỏ chữ ký đã ghi trước"):
            parties.register(party, aims=[("Cờ", 1)], figures={}, by=by)
    assert not party.aims.exists()


def test_while_it_is_drafted_only_its_keeper_fills_aims(pact, eight):
    party = pact.parties.get(membership__unit=eight["member"].unit)
    parties.register(party, aims=[("Cờ", 1)], figures={}, by=eight["leader_unit"])
    with pytest.raises(Refused):
        parties.register(party, aims=[], figures={}, by=eight["member"])
    assert party.aims.count() == 1
