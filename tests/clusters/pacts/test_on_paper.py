"""Pacts between units of which some have nobody in the program, or have ended: heirs sign, others' paper is recorded."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusters.models import Membership, PactFile, Target
from clusters.pacts import actions as pacts
from clusters.pacts import papers as pact_papers
from clusters.pacts import parties, signing
from clusters.pacts.rules import own_parties
from documents.models import Change, Upload
from documents.steps.refusing import Refused, Stale
from units.models import Role, Succession, Unit, UnitChange, User

from ...conftest import make_unit, make_user
from ...days import holds, is_taken
from ...documents.issued import scan
from ..conftest import EIGHT
from .made import DAY, MANAGERS, SEES, TODAY, State, again, post

SIGNER = {"name": "Nông Văn Ký", "title": "Chủ tịch"}
TYPED = {**SIGNER, "day": "16/03/2026"}


@pytest.fixture
def opened(cluster, eight):
    """A pact of four that waits for signatures; Đồng Đăng has no account."""
    by = eight["leader_unit"]
    made = pacts.begin(pact_papers.blank(cluster.division, cluster), by=by)
    made = pacts.write(made, targets=[Target(content="Sáng kiến", measure="sáng kiến", planned=Decimal(5))], by=by)
    return pacts.open_for_signing(made, by=by)


@pytest.fixture
def lone(opened):
    """The party that nobody acts for."""
    return opened.parties.get(membership__unit__name="UBND xã Đồng Đăng")


@pytest.fixture
def signed(opened, lone, eight, officer):
    for role in ("leader_unit", "deputy_unit", "member"):
        signing.sign(opened, by=eight[role], day=DAY, **SIGNER)
    record(opened, lone, officer)
    return again(opened)


def record(pact, party, by, day=DAY, **fields):
    facts = {"by": by, "party": party, "day": day, "files": [scan()], **SIGNER} | fields
    return signing.record(again(pact), **facts)


def heir_of(*units, name="Xã mới"):
    """The officer of a unit of today that ``units``, which ended, went into."""
    heir = make_unit("xa-moi", name, kind=Unit.Kind.COMMUNE)
    change = UnitChange.objects.create(kind=UnitChange.Kind.MERGE, date=date(2026, 7, 1), citation="Nghị quyết 1")
    for unit in units:
        Unit.objects.filter(pk=unit.pk).update(ended=date(2026, 6, 30))
        Succession.objects.create(change=change, predecessor=unit, successor=heir)
    return make_user("moi", "Lý Văn Mới", Role.UNIT_OFFICER, heir)


# --- Heirs


def test_an_heir_signs_for_a_unit_that_ended(opened, lone, client_of):
    user = heir_of(lone.membership.unit)
    assert [row.pk for row in pacts.waiting_for(user)] == [opened.pk]
    page = client_of(user).get(opened.get_absolute_url()).content.decode()
    assert 'value="sign"' in page
    assert 'name="party"' not in page, "one alone is not asked about"
    assert post(client_of(user), opened, "sign", **TYPED).status_code == 302
    lone.refresh_from_db()
    assert (lone.signed_by, lone.signed_on, lone.signer_name) == (user, DAY, "Nông Văn Ký")
    assert not pacts.waiting_for(user).exists()
    assert post(client_of(user), opened, "unsign", reason="Ghi nhầm").status_code == 302
    lone.refresh_from_db()
    assert lone.signed_on is None


def test_an_heir_of_two_parties_says_for_which(opened, lone, eight, client_of):
    other = opened.parties.get(membership__unit=eight["member"].unit)
    user = heir_of(lone.membership.unit, other.membership.unit)
    client = client_of(user)
    page = client.get(opened.get_absolute_url()).content.decode()
    assert [f">{row}</option>" in page for row in (lone, other)] == [True, True]
    assert post(client, opened, "sign", **TYPED).status_code == 422
    with pytest.raises(Refused, match="Hãy chọn một bên"):
        signing.sign(opened, by=user, day=DAY, **SIGNER)
    assert post(client, opened, "sign", party=other.pk, **TYPED).status_code == 302
    other.refresh_from_db()
    lone.refresh_from_db()
    assert (other.signed_by, lone.signed_by) == (user, None)
    # The one that is left is not asked about.
    assert post(client, opened, "sign", **TYPED).status_code == 302
    foreign = opened.parties.get(membership__unit=eight["leader_unit"].unit)
    with pytest.raises(Refused, match="không phải đơn vị của bạn"):
        signing.unsign(opened, by=user, party=foreign, reason="x")


def test_who_belonged_to_a_unit_that_ended_signs_no_more_and_the_heir_of_a_part_never(opened, eight):
    unit = eight["member"].unit
    user = heir_of(unit)
    assert own_parties(again(opened), User.objects.get(pk=eight["member"].pk)) == []
    Succession.objects.update(in_part=True)
    assert own_parties(again(opened), User.objects.get(pk=user.pk)) == []


def test_an_heir_tells_the_results(signed, lone, client_of):
    user = heir_of(lone.membership.unit)
    target = signed.targets.get()
    page = client_of(user).get(reverse("pact_results", args=[signed.pk])).content.decode()
    url = reverse("report_pact", args=[signed.pk, lone.pk])
    assert url in page
    assert client_of(user).post(url, {"version": 1, f"reached_{target.pk}": "4"}).status_code == 302
    assert lone.results.get().reached == 4


# --- Signatures on paper


def test_who_records_a_signature_from_paper(opened, lone, turn_of, client_of):
    for role in EIGHT:
        with turn_of(role) as person:
            client = client_of(person)
            page = client.get(opened.get_absolute_url()).content.decode()
            assert ('value="record"' in page) is (role in MANAGERS)
            answer = post(client, opened, "record", party=lone.pk, files=scan(), **TYPED)
            assert answer.status_code == (302 if role in MANAGERS else 403 if role in SEES else 404)
            lone.refresh_from_db()
            assert (lone.signed_by == person) is (role in MANAGERS)
            if role not in MANAGERS:
                with pytest.raises(Refused, match="do Sở Nội vụ làm"):
                    record(opened, lone, person)


def test_who_takes_back_a_signature_that_was_recorded(signed, lone, turn_of, client_of):
    for role in EIGHT:
        with turn_of(role) as person:
            answer = post(client_of(person), signed, "unrecord", party=lone.pk, reason="Ghi nhầm người")
            assert answer.status_code == (302 if role in MANAGERS else 403 if role in SEES else 404)
            found = again(signed)
            assert found.state == (State.OPEN if role in MANAGERS else State.SIGNED)
            assert PactFile.objects.get(party=lone).void is (role in MANAGERS)


def test_the_last_signature_on_paper_makes_the_pact_signed_and_stands_beside_its_party(
    signed, lone, officer, client_of
):
    assert (signed.state, signed.signed_on) == (State.SIGNED, DAY)
    page = client_of(officer).get(signed.get_absolute_url()).content.decode()
    file = PactFile.objects.get(party=lone)
    assert f"Bản giấy: {file.upload.name}" in page
    assert str(officer) in page
    # It is no scan of the whole pact.
    with pytest.raises(Refused, match="chưa có bản đã ký"):
        pacts.ready_to_submit(signed, officer)
    told = Change.objects.filter(act="Ghi chữ ký trên giấy của UBND xã Đồng Đăng").get()
    assert file.upload.name in str(told.changes)


def test_a_signature_taken_back_needs_a_reason_and_can_be_recorded_anew(signed, lone, officer, client_of):
    client = client_of(officer)
    assert post(client, signed, "unrecord", party=lone.pk, reason=" ").status_code == 422
    stale = {"version": signed.version - 1}
    with pytest.raises(Stale):
        signing.unrecord(signed, by=officer, party=lone, reason="x", seen_version=stale["version"])
    signing.unrecord(signed, by=officer, party=lone, reason="Nhầm")
    with pytest.raises(Refused, match="không có chữ ký ghi từ bản giấy"):
        signing.unrecord(again(signed), by=officer, party=signed.parties.exclude(pk=lone.pk)[0], reason="x")
    record(signed, lone, officer, name="Người khác")
    assert again(signed).state == State.SIGNED
    assert sorted(lone.papers.values_list("void", flat=True)) == [False, True]


def test_what_is_not_recorded_from_paper(opened, lone, eight, officer, client_of):
    mine = opened.parties.get(membership__unit=eight["member"].unit)
    with pytest.raises(Refused, match="có tài khoản"):
        record(opened, mine, officer)
    client = client_of(officer)
    for wrong in ({"party": mine.pk}, {"files": ""}, {"day": ""}, {"name": ""}, {"files": scan("ban.docx")}):
        sent = {"party": lone.pk, "files": scan(), **TYPED} | wrong
        assert post(client, opened, "record", **sent).status_code == 422
    assert not Upload.objects.exists()
    stale = post(client, opened, "record", party=lone.pk, files=scan(), version=opened.version - 1, **TYPED)
    assert (stale.status_code, "một bản mới hơn" in stale.content.decode()) == (422, True)
    record(opened, lone, officer)
    with pytest.raises(Refused, match="Mỗi bên chỉ ký một lần"):
        record(opened, lone, officer)


def test_the_day_of_a_signature_on_paper(opened, lone, officer):
    def taken(day):
        return is_taken(record, opened, lone, officer, day=day)

    holds(taken, first=opened.division.begins_on, last=TODAY)
    Unit.objects.filter(pk=lone.membership.unit_id).update(ended=TODAY)
    opened.division.ends_on = date(2026, 11, 10)
    opened.division.save()
    holds(taken, last=date(2026, 11, 10))


def test_a_pact_that_is_taken_back_voids_the_papers_of_its_parties(signed, lone, eight):
    pacts.take_back(signed, by=eight["leader_unit"], reason="Sửa chỉ tiêu")
    assert PactFile.objects.get(party=lone).void


def test_the_database_holds_no_paper_of_a_party_without_its_day(signed, lone):
    file = PactFile.objects.get(party=lone)
    for wrong in ({"day": None}, {"party": None}, {"about": "pact"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PactFile.objects.filter(pk=file.pk).update(**wrong)


# --- Results on paper


def report(pact, party, by, **fields):
    facts = {"by": by, "files": [scan("ket-qua.pdf")], "day": date(2026, 11, 2)} | fields
    return parties.report_on_paper(party, results={pact.targets.get().pk: (Decimal(3), "")}, **facts)


def test_who_records_results_from_paper(signed, lone, turn_of, client_of):
    url = reverse("report_pact", args=[signed.pk, lone.pk])
    for role in EIGHT:
        with turn_of(role) as person:
            sent = {"version": 1, f"reached_{signed.targets.get().pk}": "3"}
            client = client_of(person)
            if role in MANAGERS:
                assert client.post(url, sent).status_code == 422, "without its paper"
                assert url in client.get(reverse("pact_results", args=[signed.pk])).content.decode()
            answer = client.post(url, sent | {"files": scan("ket-qua.pdf"), "day": "02/11/2026"})
            assert answer.status_code == (302 if role in MANAGERS else 403 if role in SEES else 404)
            assert lone.results.exists() is (role in MANAGERS)
            if role not in MANAGERS:
                with pytest.raises(Refused, match="do Sở Nội vụ làm"):
                    report(signed, lone, person)


def test_who_fetches_the_papers_of_a_party(signed, lone, officer, turn_of, client_of):
    report(signed, lone, officer)
    for role in EIGHT:
        with turn_of(role) as person:
            client = client_of(person)
            for file in lone.papers.select_related("upload"):
                sees = SEES - {"member"} if file.about == PactFile.About.RESULTS else SEES
                answer = client.get(file.upload.get_absolute_url())
                assert answer.status_code == (200 if role in sees else 404)


def test_results_mended_keep_their_paper_and_a_new_one_voids_it(signed, lone, officer):
    report(signed, lone, officer)
    lone.refresh_from_db()
    report(signed, lone, officer, files=[], day=None)
    assert lone.papers.filter(about="results").count() == 1
    report(signed, lone, officer)
    assert list(lone.papers.filter(about="results").values_list("void", flat=True)) == [True, False]
    for day in (None, date(2026, 3, 15), date(2026, 11, 21)):
        with pytest.raises(Refused):
            report(signed, lone, officer, day=day)
    member = signed.parties.get(membership__unit__name="UBND xã Cao Lộc")
    with pytest.raises(Refused, match="có tài khoản"):
        report(signed, member, officer)


def test_the_page_of_a_pact_asks_alike_for_two_and_for_forty_parties(opened, cluster, officer, client_of):
    def asked():
        with CaptureQueriesContext(connection) as found:
            assert client_of(officer).get(opened.get_absolute_url()).status_code == 200
        return len(found)

    asked()  # what is asked once a process
    before = asked()
    for n in range(20):
        unit = make_unit(f"xa-them-{n}", f"UBND xã Thêm {n}", kind=Unit.Kind.COMMUNE)
        opened.parties.create(membership=Membership.objects.create(cluster=cluster, unit=unit))
    assert asked() <= before
