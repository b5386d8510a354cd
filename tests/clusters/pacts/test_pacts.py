"""Pacts: written, signed by every party, laid before the council, confirmed or returned; what was reached of them; who may."""

import io
import multiprocessing
from datetime import date
from decimal import Decimal

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pdfminer.high_level import extract_text
from PIL import Image

from clusters.changes import actions as within_year
from clusters.models import Membership, Pact, Party, Reached, Target
from clusters.pacts import actions as pacts
from clusters.pacts import papers as pact_papers
from clusters.pacts import parties as pact_parties
from clusters.pacts import steps as pact_steps
from clusters.pacts.results import sums_of
from clusters.pacts.steps import Act
from documents.life.issuing import issue
from documents.life.moves import move
from documents.models import Change, Document, DocumentType, Move, Upload
from documents.papers import copies
from documents.steps.refusing import Refused, Stale
from units.figures import FigureField
from units.models import Official, Role, Term, Unit, User

from ...conftest import make_unit, make_user
from ...days import holds, is_taken
from ...exported import exported_rows
from ..conftest import EIGHT, UNITS

State = Pact.State
TODAY = date(2026, 11, 20)
DAY = date(2026, 3, 16)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    """The day that these tests stand on, whatever the machine says."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda value=None, timezone=None: TODAY)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def who(eight):
    """The officer of the leader unit."""
    return eight["leader_unit"]


@pytest.fixture
def pact(cluster, who):
    """A draft of the cluster with two targets."""
    made = pacts.begin(pact_papers.blank(cluster.division, cluster), by=who)
    return pacts.save(
        made, [target("Sáng kiến được công nhận", "sáng kiến", "5"), target("Đúng hạn", "%", "98")], by=who
    )


def target(content="Sáng kiến được công nhận", measure="sáng kiến", planned="5", **fields):
    return Target(content=content, measure=measure, planned=Decimal(planned), **fields)


@pytest.fixture
def officers(cluster, other_cluster, eight):
    """{key of a unit: its officer} of all units of both clusters."""
    found = {user.unit_id: user for user in eight.values() if user.role == Role.UNIT_OFFICER and user.unit_id}
    for row in Membership.objects.filter(division=cluster.division).select_related("unit"):
        if row.unit_id not in found:
            found[row.unit_id] = make_user(f"cb{row.unit_id}", f"Cán bộ {row.unit_id}", Role.UNIT_OFFICER, row.unit)
    return found


def again(pact):
    return Pact.objects.get(pk=pact.pk)


def sign(pact, user, **fields):
    facts = {"name": "Nông Văn Ký", "title": "Chủ tịch", "day": DAY}
    return pact_parties.sign(pact, by=user, **(facts | fields))


def sign_all(pact, officers):
    for row in pact.parties.select_related("membership"):
        if again(pact).state == State.OPEN and not row.signed_on:
            sign(again(pact), officers[row.membership.unit_id])
    return again(pact)


@pytest.fixture
def opened(pact, who):
    return pacts.open_for_signing(pact, by=who)


@pytest.fixture
def signed(opened, officers):
    return sign_all(opened, officers)


def scan(name="ban-ky.pdf"):
    content = io.BytesIO()
    if name.endswith(".pdf"):
        document = pikepdf.new()
        document.add_blank_page()
        document.save(content)
    else:
        Image.new("RGB", (60, 40), "#336699").save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue())


@pytest.fixture
def scanned(signed, who):
    pacts.attach(signed, files=[scan()], by=who)
    return signed


def paper(reference="25/TTr-SNV", code="TTr", day=date(2026, 3, 20)):
    return Document.objects.create(
        origin=Document.Origin.CITED,
        type=DocumentType.objects.get(code=code),
        reference=reference,
        issuer_name="Sở Nội vụ",
        subject="xác nhận giao ước thi đua",
        year=day.year,
        month=day.month,
        day=day.day,
    )


@pytest.fixture
def submitted(scanned, officer):
    return pacts.submit(scanned, by=officer, paper=paper(), day=date(2026, 3, 20))


@pytest.fixture
def confirmed(submitted, officer):
    return pacts.confirm(
        submitted, by=officer, paper=paper("05/TB-HĐ", "TB"), day=date(2026, 3, 27), who="Thường trực Hội đồng"
    )


def post(client, pact, act, **fields):
    """Take a step by its form, on the version that stands unless ``fields`` names another."""
    data = {"act": act.value, "version": again(pact).version} | fields
    return client.post(reverse("pact_step", args=[pact.pk]), data)


# --- Figures


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1.250,5", "1250.5"),
        ("1250,5", "1250.5"),
        ("12", "12"),
        ("0", "0"),
        ("1.000.000", "1000000"),
        (" 98,25 ", "98.25"),
    ],
)
def test_figures_are_typed_as_this_country_writes_them(typed, value):
    assert FigureField().clean(typed) == Decimal(value)


@pytest.mark.parametrize(
    "typed",
    [
        "1,250.50",
        "12.5",
        "1.25",
        "1.2500",
        "1250.500",
        "12,345",
        ",5",
        "5,",
        "1,2,3",
        "năm",
        "1e5",
        "٣",
        "1..000",
        "+5",
        "²",
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(typed):
    with pytest.raises(ValidationError, match="kiểu Việt Nam"):
        FigureField().clean(typed)


@pytest.mark.parametrize(("typed", "words"), [("-5", "số âm"), ("−1.250,5", "số âm"), ("9" * 14, "Số quá lớn")])
def test_a_figure_below_zero_or_too_large_is_refused(typed, words):
    with pytest.raises(ValidationError, match=words):
        FigureField().clean(typed)


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


def lines(*rows, initial=0):
    """What the browser sends for lines: dicts of fields."""
    sent = {"chi-tieu-TOTAL_FORMS": len(rows), "chi-tieu-INITIAL_FORMS": initial}
    return sent | {f"chi-tieu-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}


def typed(pact, *rows, initial=0, **fields):
    words = {name: getattr(pact, name) for name in ("title", "preamble", "commitment", "version")}
    return words | lines(*rows, initial=initial) | fields


def line(content, planned="5", measure="mô hình", **fields):
    return {"content": content, "planned": planned, "measure": measure} | fields


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
    pacts.save(pact, [target("Của trưởng")], by=eight["leader_unit"])
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
    pacts.save(pact, list(pact.targets.all()), by=who)
    assert Change.objects.count() == before


def test_a_target_of_another_pact_is_not_taken_over(pact, officer, who):
    other = pacts.begin(pact_papers.blank(pact.division), by=officer)
    pacts.save(other, [target("Của các trưởng")], by=officer)
    pacts.save(pact, [target("Lấy sang", pk=other.targets.get().pk)], by=who)
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
        pacts.save(opened, [target("Khác")], by=who)
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
    party = pact_steps.own_parties(opened, eight["member"])[0]
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
    party = pact_steps.own_parties(opened, eight["member"])[0]
    sent = {"version": 1, "danh-hieu-TOTAL_FORMS": 2, "danh-hieu-INITIAL_FORMS": 0}
    sent |= {"danh-hieu-0-title": "Cờ thi đua", "danh-hieu-0-quantity": "1"} | fields
    response = client_of(eight["member"]).post(reverse("register_pact", args=[opened.pk, party.pk]), sent)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not party.aims.exists()


def test_aims_are_filled_by_the_party_or_its_leader_and_stand_once_it_signed(opened, eight, officers):
    party = pact_steps.own_parties(opened, eight["member"])[0]
    other = next(
        row for row in opened.parties.all() if row.membership.unit_id not in {u.unit_id for u in eight.values()}
    )
    pact_parties.register(other, aims=[("Cờ", 1)], figures={}, by=eight["deputy_unit"])
    for by, row in ((eight["member"], other), (eight["other_cluster"], party), (eight["officer"], party)):
        with pytest.raises(Refused, match="do đơn vị ghi"):
            pact_parties.register(row, aims=[("Cờ", 1)], figures={}, by=by)
    sign(opened, eight["member"])
    for by in (eight["member"], eight["leader_unit"]):
        with pytest.raises(Refused, match="bỏ chữ ký đã ghi trước"):
            pact_parties.register(party, aims=[("Cờ", 1)], figures={}, by=by)
    assert not party.aims.exists()


def test_while_it_is_drafted_only_its_keeper_fills_aims(pact, eight):
    party = pact.parties.get(membership__unit=eight["member"].unit)
    pact_parties.register(party, aims=[("Cờ", 1)], figures={}, by=eight["leader_unit"])
    with pytest.raises(Refused):
        pact_parties.register(party, aims=[], figures={}, by=eight["member"])
    assert party.aims.count() == 1


# --- Signed


def test_every_party_signs_and_the_pact_is_signed(opened, officers, eight):
    parties = list(opened.parties.select_related("membership"))
    for n, row in enumerate(parties):
        assert again(opened).state == State.OPEN
        sign(again(opened), officers[row.membership.unit_id], day=date(2026, 3, 10 + n))
    found = again(opened)
    assert (found.state, found.signed_on) == (State.SIGNED, date(2026, 3, 10 + len(parties) - 1))
    assert found.parties.filter(signed_by=eight["member"], signer_name="Nông Văn Ký").count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"day": date(2026, 11, 21)}, "chưa đến"),
        ({"day": date(2025, 12, 31)}, "trong năm thi đua"),
        ({"day": date(2027, 1, 1)}, "trong năm thi đua"),
        ({"seen_version": 1}, "đã lưu một bản mới hơn"),
    ],
)
def test_a_signature_that_cannot_be_is_refused(opened, eight, fields, words):
    with pytest.raises(Refused, match=words):
        sign(opened, eight["member"], **fields)
    assert not opened.parties.exclude(signed_on=None).exists()


def test_a_party_signs_once(opened, eight):
    sign(opened, eight["member"])
    with pytest.raises(Refused, match="Mỗi bên chỉ ký một lần"):
        sign(again(opened), eight["member"], name="Người khác")
    assert opened.parties.get(membership__unit=eight["member"].unit).signer_name == "Nông Văn Ký"


def test_no_other_unit_signs(opened, turn_of):
    for role in ("other_cluster", "nobody", "officer"):
        with turn_of(role) as person, pytest.raises(Refused, match="các bên ký giao ước"):
            sign(opened, person)


def test_a_unit_that_ended_signs_no_more(opened, eight):
    unit = eight["member"].unit
    unit.ended = date(2026, 6, 30)
    unit.save()
    with pytest.raises(Refused):
        sign(opened, eight["member"])


def test_the_form_offers_who_signs_the_papers_of_the_unit_and_comes_back_filled(opened, eight, client_of):
    official = Official.objects.create(name="Hà Văn Vinh", invented=True)
    Term.objects.create(official=official, unit=eight["member"].unit, post="Chủ tịch", since=date(2020, 1, 1))
    client = client_of(eight["member"])
    assert 'value="Hà Văn Vinh"' in client.get(opened.get_absolute_url()).content.decode()
    response = post(client, opened, Act.SIGN, name="Vi Văn Thử", title="Chủ tịch", day="21/11/2026")
    page = response.content.decode()
    assert response.status_code == 422
    assert "Ngày ký chưa đến" in page
    assert 'value="Vi Văn Thử"' in page
    assert post(client, opened, Act.SIGN, name="", title="", day="").status_code == 422
    assert post(client, opened, Act.SIGN, name="Vi Văn Thử", title="Chủ tịch", day="16/03/2026").status_code == 302


def test_a_signature_recorded_wrongly_is_taken_back_by_its_unit_with_a_reason(signed, eight):
    with pytest.raises(Refused, match="lý do"):
        pact_parties.unsign(signed, by=eight["member"], reason="")
    pact_parties.unsign(signed, by=eight["member"], reason="Ghi nhầm tên")
    found = again(signed)
    assert (found.state, found.signed_on) == (State.OPEN, None)
    assert found.parties.filter(signed_on=None).count() == 1
    sign(found, eight["member"], name="Tên đúng")
    assert again(signed).state == State.SIGNED


def test_the_database_confirms_no_pact_that_is_not_signed_submitted_and_dated(opened, signed):
    day = {"confirmed_on": DAY, "confirmed_by": "x", "confirmation": paper("05/TB-HĐ", "TB")}
    sent = {"submitted_on": DAY, "submission": paper()}
    for wrong in (
        {"state": "confirmed", "signed_on": None, **sent, **day},
        {"state": "confirmed", "signed_on": DAY, **sent},
        {"state": "confirmed", "signed_on": DAY, **sent, **day, "confirmation": None},
        {"state": "confirmed", "signed_on": DAY, **sent, **day, "confirmed_on": date(2026, 3, 15)},
        {"state": "submitted", "signed_on": DAY},
        {"state": "submitted", "signed_on": date(2026, 3, 17), **sent},
        {"state": "open", "signed_on": DAY},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Pact.objects.filter(pk=opened.pk).update(**wrong)


def test_the_database_holds_name_title_and_day_of_a_signature_together(opened):
    with pytest.raises(IntegrityError), transaction.atomic():
        opened.parties.update(signed_on=DAY)


# --- Who left meanwhile


def leave(row, officer, notice):
    within_year.leave(row, by=officer, since=date(2026, 5, 1), paper=notice, reason="Chuyển cụm")


def test_nobody_registers_titles_for_a_party_that_left(opened, eight, officer, notice):
    row = opened.parties.get(membership=opened.cluster.memberships.filter(role="member").last())
    assert pact_parties.may_register(row, eight["leader_unit"])
    leave(row.membership, officer, notice)
    row = Party.objects.select_related("pact", "membership").get(pk=row.pk)
    assert not pact_parties.may_register(row, eight["leader_unit"])
    with pytest.raises(Refused, match="đơn vị chưa ký"):
        pact_parties.register(row, aims=[("Cờ", 1)], figures={}, by=eight["leader_unit"])


def test_a_party_that_left_is_not_waited_for_and_the_reason_is_kept(
    opened, eight, officers, officer, notice, client_of
):
    rows = [row.membership for row in opened.parties.select_related("membership__unit")]
    gone = next(row for row in rows if row.role == "member")
    leave(gone, officer, notice)
    page = client_of(eight["leader_unit"]).get(opened.get_absolute_url()).content.decode()
    assert "Đã thôi tham gia từ 01/05/2026" in page
    with pytest.raises(Refused, match="không còn là bên ký"):
        sign(opened, officers[gone.unit_id])
    for row in rows:
        if row != gone:
            sign(again(opened), officers[row.unit_id])
    assert again(opened).state == State.SIGNED
    assert opened.parties.get(membership=gone).excuse == "thôi tham gia từ ngày 01/05/2026"


def test_where_the_last_one_leaves_the_parties_are_brought_in_step_with_a_reason(
    opened, who, officers, officer, notice
):
    gone = opened.parties.filter(membership__role="member").first().membership
    for row in opened.parties.exclude(membership=gone).select_related("membership"):
        sign(again(opened), officers[row.membership.unit_id])
    leave(gone, officer, notice)
    with pytest.raises(Refused, match="lý do"):
        pacts.renew(opened, by=officer, reason="")
    pacts.renew(opened, by=officer, reason="Theo quyết định chuyển cụm")
    assert again(opened).state == State.SIGNED
    excuse = opened.parties.get(membership=gone).excuse
    assert excuse == "thôi tham gia từ ngày 01/05/2026: Theo quyết định chuyển cụm"
    assert Change.objects.filter(about="pact", reason="Theo quyết định chuyển cụm").exists()


def test_who_joined_becomes_party_and_who_left_a_draft_is_none(pact, who, officer, notice):
    gone = pact.parties.filter(membership__role="member").first().membership
    leave(gone, officer, notice)
    unit = make_unit("xa-moi", "UBND xã Mới", kind=Unit.Kind.COMMUNE)
    joined = within_year.admit(
        pact.division, unit, pact.cluster, by=officer, since=date(2026, 5, 1), paper=notice, reason="Mới vào"
    )
    pacts.open_for_signing(pact, by=who)
    parties = set(pact.parties.values_list("membership", flat=True))
    assert joined.pk in parties
    assert gone.pk not in parties


def test_nothing_is_brought_in_step_where_nothing_changed(opened, who):
    with pytest.raises(Refused, match="Không có gì phải cập nhật"):
        pacts.renew(opened, by=who, reason="x")


def test_a_leader_that_changed_is_another_party_of_the_pact_of_the_leaders(
    cluster, other_cluster, officer, officers, notice
):
    pact = pacts.begin(pact_papers.blank(cluster.division), by=officer)
    pacts.save(pact, [target()], by=officer)
    pacts.open_for_signing(pact, by=officer)
    old = cluster.memberships.get(role="leader")
    new = cluster.memberships.filter(role="member").first()
    within_year.name(new, Membership.Role.LEADER, by=officer, since=date(2026, 6, 1), paper=notice, reason="x")
    with pytest.raises(Refused, match="không còn là bên ký"):
        sign(again(pact), officers[old.unit_id])
    pacts.renew(again(pact), by=officer, reason="Thay trưởng cụm")
    assert pact.parties.get(membership=old).excuse == "thôi làm trưởng cụm, khối: Thay trưởng cụm"
    for row in (new, other_cluster.memberships.get(role="leader")):
        sign(again(pact), officers[row.unit_id])
    assert again(pact).state == State.SIGNED


# --- Scans


def test_the_signed_scan_is_kept_for_those_who_may_read_the_pact(signed, eight, client_of):
    client = client_of(eight["leader_unit"])
    assert post(client, signed, Act.SCAN, files=[scan(), scan("trang-2.jpg")]).status_code == 302
    for upload in Upload.objects.all():
        for role, status in [("member", 200), ("officer", 200), ("other_cluster", 404), ("nobody", 404)]:
            assert client_of(eight[role]).get(upload.get_absolute_url()).status_code == status


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (SimpleUploadedFile("anh.pdf", b"\xff\xd8\xff" + b"0" * 50), "bên trong là ảnh JPEG"),
        (SimpleUploadedFile("chay.exe", b"MZ" + b"0" * 50), "không thuộc loại được nhận"),
        (SimpleUploadedFile("rong.pdf", b""), "rỗng"),
    ],
)
def test_a_file_that_lies_about_its_type_is_refused(signed, eight, client_of, file, words):
    response = post(client_of(eight["leader_unit"]), signed, Act.SCAN, files=file)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not signed.files.exists()


def test_a_scan_over_the_size_is_refused(signed, eight, client_of, settings):
    settings.UPLOAD_MAX_MB = 0.0001
    response = post(client_of(eight["leader_unit"]), signed, Act.SCAN, files=scan())
    assert "mỗi tệp chỉ được tới" in response.content.decode()


def test_a_word_file_is_no_signed_scan(signed, who):
    with pytest.raises(Refused, match="bản quét PDF hoặc ảnh"):
        pacts.attach(signed, files=[SimpleUploadedFile("giao-uoc.docx", b"PK")], by=who)
    assert not Upload.objects.exists()


def test_a_scan_attached_by_mistake_stays_but_counts_no_more(scanned, who, officer):
    pacts.detach(scanned, file=scanned.files.get(), by=who, reason="Nhầm tệp")
    assert scanned.files.get().void
    with pytest.raises(Refused, match="chưa có bản đã ký"):
        pacts.submit(scanned, by=officer, paper=paper(), day=date(2026, 3, 20))


# --- The council


def test_a_pact_is_submitted_and_confirmed_from_the_day_of_the_last_signature_to_today(scanned, officer):
    def submitted_on(day):
        return is_taken(pacts.submit, scanned, by=officer, paper=known_paper(), day=day)

    holds(submitted_on, first=DAY, last=TODAY)
    pacts.submit(scanned, by=officer, paper=known_paper(), day=DAY)

    def confirmed_on(day):
        return is_taken(pacts.confirm, scanned, by=officer, paper=known_paper(), day=day, who="Thường trực")

    holds(confirmed_on, first=DAY, last=TODAY)


def test_a_pact_is_not_submitted_or_confirmed_before_all_have_signed(opened, officer):
    for act in (
        lambda: pacts.submit(opened, by=officer, paper=paper(), day=DAY),
        lambda: pacts.confirm(opened, by=officer, paper=paper("2/TB"), day=DAY, who="x"),
        lambda: pact_papers.draft_submission([opened], by=officer),
    ):
        with pytest.raises(Refused, match="Chờ các bên ký"):
            act()


@pytest.mark.parametrize(
    ("day", "words"), [(date(2026, 3, 15), "từ ngày các bên ký đủ"), (date(2026, 11, 21), "chưa đến")]
)
def test_the_day_of_submission_lies_between_the_signatures_and_today(scanned, officer, day, words):
    with pytest.raises(Refused, match=words):
        pacts.submit(scanned, by=officer, paper=paper(), day=day)


def test_a_registered_submission_is_named_by_its_number(scanned, officer, client_of):
    kept, client = paper(), client_of(officer)
    response = post(client, scanned, Act.SUBMIT, paper="99/TTr-SNV", day="20/03/2026")
    assert "Sổ chưa có văn bản số này" in response.content.decode()
    assert post(client, scanned, Act.SUBMIT, paper="25/TTr-SNV", day="20/03/2026").status_code == 302
    found = again(scanned)
    assert (found.state, found.submission, found.submitted_on) == (State.SUBMITTED, kept, date(2026, 3, 20))


@pytest.fixture
def director(so_noi_vu):
    """Who signs for Sở Nội vụ."""
    official = Official.objects.create(name="Hà Văn Vinh", invented=True)
    return Term.objects.create(official=official, unit=so_noi_vu, post="Giám đốc", since=date(2019, 1, 1))


@pytest.fixture
def council(db):
    return make_unit(
        pact_papers.COUNCIL_CODE,
        "Hội đồng Thi đua - Khen thưởng tỉnh Lạng Sơn",
        kind=Unit.Kind.PROVINCE,
        symbol="HĐTĐKT",
    )


@pytest.fixture
def submission(scanned, officer, director, council, client_of):
    """The draft that the button makes."""
    client_of(officer).post(reverse("draft_pact_submission", args=[2026]), {"giao-uoc": scanned.pk})
    return Document.objects.get(area=pact_papers.OF_PACT.kind)


def issued(draft, officer, leader, clerk, day=date(2026, 3, 20)):
    move(draft, Move.Act.SUBMIT, by=officer)
    move(draft, Move.Act.APPROVE, by=leader)
    return issue(draft, by=clerk, day=day)


def test_the_submission_is_drafted_and_submits_the_pact_when_it_is_issued(
    scanned, submission, council, officer, leader, clerk, client_of
):
    assert submission.type.code == "TTr"
    assert submission.to == council.name
    assert "xác nhận giao ước thi đua năm 2026 của Cụm các xã phía Bắc" in submission.subject
    assert "| 1 | Giao ước thi đua năm 2026 của Cụm các xã phía Bắc | 04 | 16/3/2026 |" in submission.body
    assert again(scanned).state == State.SIGNED
    assert f"{submission.get_absolute_url()}" in client_of(officer).get(scanned.get_absolute_url()).content.decode()
    with pytest.raises(Refused, match="đang soạn"):
        pact_papers.draft_submission([again(scanned)], by=officer)
    issued(submission, officer, leader, clerk)
    found = again(scanned)
    assert (found.state, found.submission, found.submitted_on) == (State.SUBMITTED, submission, date(2026, 3, 20))
    assert [row.unit for row in submission.deliveries.all()] == [council]


def test_a_submission_of_a_pact_that_was_taken_back_is_not_issued(scanned, submission, who, officer, leader, clerk):
    pacts.take_back(scanned, by=who, reason="Sửa")
    with pytest.raises(Refused, match=r"«Đang soạn».*soạn lại cho các giao ước còn lại"):
        issued(submission, officer, leader, clerk)
    assert again(scanned).state == State.DRAFT


def test_a_submission_that_cannot_lay_its_pact_before_the_council_is_not_issued(
    scanned, submission, who, officer, leader, clerk
):
    pacts.detach(scanned, file=scanned.files.get(), by=who, reason="Nhầm tệp")
    with pytest.raises(Refused, match="chưa có bản đã ký"):
        issued(submission, officer, leader, clerk)
    assert again(scanned).state == State.SIGNED


def test_a_submission_that_is_replaced_or_recalled_is_followed(scanned, submission, officer, leader, clerk):
    first = issued(submission, officer, leader, clerk)
    second = issued(copies.replace(first, by=officer, reason="Sai ngày"), officer, leader, clerk)
    assert again(scanned).submission == second
    issued(copies.recall(second, by=officer, reason="Chưa đủ"), officer, leader, clerk)
    found = again(scanned)
    assert (found.state, found.submission, found.submitted_on) == (State.SIGNED, None, None)


def test_one_submission_lays_several_pacts_before_the_council(
    both_submitted, officer, leader, clerk, director, council
):
    for row in both_submitted:
        pacts.unsubmit(row, by=officer, reason="Trình lại")
    draft = pact_papers.draft_submission(both_submitted, by=officer)
    assert "2 bản giao ước" in draft.body
    issued(draft, officer, leader, clerk)
    assert set(Pact.objects.values_list("state", "submission")) == {(State.SUBMITTED, draft.pk)}


def test_the_council_confirms_with_day_person_and_paper(submitted, officer, client_of):
    kept, client = paper("05/TB-HĐ", "TB", date(2026, 3, 27)), client_of(officer)
    fields = {"paper": "05/TB-HĐ", "day": "27/03/2026", "who": "Thường trực Hội đồng"}
    for wrong, words in [
        ({"day": "19/03/2026"}, "từ ngày trình"),
        ({"day": "21/11/2026"}, "chưa đến"),
        ({"who": ""}, "Hãy điền mục này"),
        ({"paper": ""}, "Hãy điền mục này"),
    ]:
        response = post(client, submitted, Act.CONFIRM, **(fields | wrong))
        assert response.status_code == 422
        assert words in response.content.decode()
    assert post(client, submitted, Act.CONFIRM, **fields).status_code == 302
    found = again(submitted)
    assert (found.state, found.confirmation, found.confirmed_on) == (State.CONFIRMED, kept, date(2026, 3, 27))
    assert found.confirmed_by == "Thường trực Hội đồng"


@pytest.fixture
def both_submitted(submitted, officers, officer):
    """The pact of the cluster, submitted on 20/3, and that of the leaders, on 25/3."""
    leaders = pacts.begin(pact_papers.blank(submitted.division), by=officer)
    pacts.save(leaders, [target()], by=officer)
    pacts.open_for_signing(leaders, by=officer)
    sign_all(leaders, officers)
    pacts.attach(leaders, files=[scan()], by=officer)
    pacts.submit(leaders, by=officer, paper=submitted.submission, day=date(2026, 3, 25))
    return [submitted, leaders]


def test_one_paper_confirms_several_pacts_or_none(both_submitted, officer, client_of):
    kept = paper("05/TB-HĐ", "TB", date(2026, 3, 27))
    client, url = client_of(officer), reverse("confirm_pacts", args=[2026])
    keys = {"giao-uoc": [row.pk for row in both_submitted]}
    assert "Hãy chọn ít nhất một giao ước" in client.post(url, follow=True).content.decode()
    assert client.post(url, keys).status_code == 200
    sent = keys | {"act": "confirm", "version": 1, "paper": kept.reference, "day": "24/03/2026", "who": "Thường trực"}
    shown = [f"{row.pk}-{again(row).version}" for row in both_submitted]
    stale = client.post(url, sent | {"ban": shown[:1], "day": "27/03/2026"})
    assert stale.status_code == 422
    assert "bản mới hơn" in stale.content.decode()
    sent |= {"ban": shown}
    response = client.post(url, sent)
    assert response.status_code == 422
    assert "giữa trưởng các khối, cụm thi đua: Ngày xác nhận phải từ ngày trình" in response.content.decode()
    assert set(Pact.objects.values_list("state", flat=True)) == {State.SUBMITTED}
    assert client.post(url, sent | {"day": "27/03/2026"}).status_code == 302
    assert set(Pact.objects.values_list("state", "confirmation")) == {(State.CONFIRMED, kept.pk)}


def test_nobody_else_confirms(submitted, turn_of, client_of):
    sent = {
        "giao-uoc": submitted.pk,
        "act": "confirm",
        "version": 1,
        "paper": "25/TTr-SNV",
        "day": "27/03/2026",
        "who": "x",
    }
    for role in UNITS:
        with turn_of(role) as person:
            assert client_of(person).post(reverse("confirm_pacts", args=[2026]), sent).status_code == 403
            assert again(submitted).state == State.SUBMITTED


def test_a_pact_that_was_returned_is_corrected_and_signed_anew(submitted, officer, who, officers):
    with pytest.raises(Refused, match="lý do"):
        pacts.give_back(submitted, by=officer, reason=" ")
    pacts.give_back(submitted, by=officer, reason="Chỉ tiêu thấp")
    found = again(submitted)
    assert (found.state, found.signed_on, found.submission) == (State.RETURNED, None, None)
    assert not found.parties.exclude(signed_on=None).exists()
    assert found.files.get().void
    pacts.save(found, [target(planned="10")], by=who)
    pacts.open_for_signing(found, by=who)
    assert sign_all(found, officers).state == State.SIGNED


def test_what_was_recorded_by_mistake_is_taken_back(confirmed, officer):
    pacts.unconfirm(confirmed, by=officer, reason="Nhầm số")
    found = again(confirmed)
    assert (found.state, found.confirmed_on, found.confirmation) == (State.SUBMITTED, None, None)
    pacts.unsubmit(found, by=officer, reason="Nhầm ngày")
    found = again(confirmed)
    assert (found.state, found.submitted_on, found.submission) == (State.SIGNED, None, None)
    assert found.signed_on == DAY


# --- The year's end


def test_what_was_reached_is_set_against_what_was_promised(opened, eight, officers, client_of, who):
    counted, share = opened.targets.all()
    for user, own in ((eight["member"], "20"), (eight["deputy_unit"], None)):
        party = pact_steps.own_parties(again(opened), user)[0]
        pact_parties.register(party, aims=[], figures={counted.pk: own and Decimal(own)}, by=user)
    pact = sign_all(opened, officers)
    party = pact_steps.own_parties(pact, eight["member"])[0]
    url = reverse("report_pact", args=[pact.pk, party.pk])
    sent = {
        "version": party.version,
        f"reached_{counted.pk}": "15,5",
        f"reached_{share.pk}": "99",
        f"note_{share.pk}": "Vượt",
    }
    client = client_of(eight["member"])
    assert client.post(url, sent | {f"reached_{counted.pk}": "15.5"}).status_code == 422
    assert client.post(url, sent).status_code == 302
    other = pact_steps.own_parties(pact, eight["deputy_unit"])[0]
    pact_parties.report(other, {counted.pk: (Decimal(5), ""), share.pk: (Decimal(98), "")}, by=eight["deputy_unit"])
    sums = sums_of(pact, list(pact.parties.select_related("membership__unit")))
    # Four parties: 20 of its own, and three times the common 5; two have told.
    assert (sums[0].planned, sums[0].reached, sums[0].percent) == (35, Decimal("20.5"), Decimal("58.6"))
    # Hundredths are averaged.
    assert (sums[1].planned, sums[1].reached, sums[1].percent) == (98, Decimal("98.50"), Decimal("100.5"))
    line = next(row for row in sums[0].lines if row.party == party)
    assert (line.planned, line.percent, line.is_own) == (20, Decimal("77.5"), True)


def test_of_nothing_planned_all_was_reached_or_nobody_knows(signed, eight):
    counted = signed.targets.first()
    Target.objects.filter(pk=counted.pk).update(planned=0)
    party = pact_steps.own_parties(signed, eight["member"])[0]
    for reached, expected in ((Decimal(0), Decimal(100)), (Decimal(2), None)):
        pact_parties.report(party, {counted.pk: (reached, "")}, by=eight["member"])
        assert sums_of(signed, [party])[0].lines[0].percent == expected


def test_a_party_tells_and_sees_its_own_results_and_the_department_and_the_leader_see_all(
    signed, eight, officers, client_of
):
    counted = signed.targets.first()
    for row in signed.parties.select_related("membership"):
        user = officers[row.membership.unit_id]
        pact_parties.report(row, {counted.pk: (Decimal(3), "")}, by=user)
    url = reverse("pact_results", args=[signed.pk])

    def units(role):
        return {row[2] for row in exported_rows(client_of(eight[role]).get(url, {"xuat": "xlsx"}))}

    mine = {str(eight["member"].unit)}
    names = {str(row) for row in signed.parties.all()}
    assert units("member") == mine
    for role in ("officer", "leader", "administrator", "leader_unit", "deputy_unit"):
        assert units(role) == names | {"Cộng", "Bình quân"}
    page = client_of(eight["member"]).get(url).content.decode()
    assert [name for name in names if name in page] == list(mine)


def test_figures_are_numbers_in_the_spreadsheet(signed, eight, officer, client_of):
    counted = signed.targets.first()
    party = pact_steps.own_parties(signed, eight["member"])[0]
    pact_parties.report(party, {counted.pk: (Decimal("3.5"), "ghi chú")}, by=eight["member"])
    url = reverse("pact_results", args=[signed.pk])
    rows = exported_rows(client_of(officer).get(url, {"xuat": "xlsx"}))
    assert (counted.content, "sáng kiến", str(party), 5, 3.5, 70, "ghi chú") in rows


def test_results_wait_for_all_signatures(opened, eight):
    party = pact_steps.own_parties(opened, eight["member"])[0]
    with pytest.raises(Refused, match="sau khi các bên đã ký đủ"):
        pact_parties.report(party, {}, by=eight["member"])


def test_the_database_holds_no_result_below_zero(signed):
    party, counted = signed.parties.first(), signed.targets.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Reached.objects.create(party=party, target=counted, reached=-1)


# --- Printed


def test_the_sheet_prints_targets_aims_signatures_and_the_confirmation(opened, officers, eight, officer):
    own = opened.targets.first()
    party = pact_steps.own_parties(opened, eight["member"])[0]
    pact_parties.register(
        party, aims=[("Tập thể lao động xuất sắc", 3)], figures={own.pk: Decimal("1250.5")}, by=eight["member"]
    )
    pact = sign_all(opened, officers)
    text = " ".join(extract_text(io.BytesIO(pact_papers.pdf(pact))).split())
    for words in (
        "CỤM CÁC XÃ PHÍA BẮC",
        "Lạng Sơn, ngày 16 tháng 3 năm 2026",
        "GIAO ƯỚC THI ĐUA Năm 2026 của Cụm các xã phía Bắc",
        "Căn cứ Thông báo số 109/TB-UBND",
        "Sáng kiến được công nhận",
        "1.250,5",
        "Tập thể lao động xuất sắc (03)",
        "Nông Văn Ký",
        "16/3/2026",
        "XÁC NHẬN CỦA HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG TỈNH",
        "ngày … tháng … năm 2026",
    ):
        assert words in text
    assert "DỰ THẢO" not in text


def test_a_draft_says_that_it_is_one_and_a_confirmed_pact_who_confirmed_it(pact, client_of, who):
    response = client_of(who).get(reverse("pact_sheet", args=[pact.pk]))
    assert response["Content-Type"] == "application/pdf"
    assert "DỰ THẢO" in extract_text(io.BytesIO(response.content))


def test_the_sheet_of_a_confirmed_pact_tells_who_confirmed_it_and_by_which_paper(confirmed):
    text = " ".join(extract_text(io.BytesIO(pact_papers.pdf(confirmed))).split())
    assert "ngày 27 tháng 3 năm 2026" in text
    assert "(theo Thông báo số 05/TB-HĐ)" in text
    assert "Thường trực Hội đồng" in text


def test_what_is_typed_is_text_on_the_sheet(pact, who):
    pacts.save(pact, [target("<b>đậm</b> & 5 < 6", "{{x}}")], by=who)
    text = extract_text(io.BytesIO(pact_papers.pdf(again(pact))))
    assert "<b>đậm</b> & 5 < 6" in " ".join(text.split())


# --- Lists and what waits


def test_the_list_of_the_department_tells_states_counts_and_who_has_none(opened, eight, officer, client_of):
    sign(opened, eight["member"])
    page = client_of(officer).get(reverse("pacts", args=[2026])).content.decode()
    assert "1/4" in page
    assert "Chờ các bên ký" in page
    assert "1 khối, cụm chưa lập giao ước:</strong> Cụm các xã phía Nam" in page
    client = client_of(officer)
    url = reverse("pacts", args=[2026])
    assert "Không có giao ước nào như vậy" in client.get(url, {"muc": "confirmed"}).content.decode()
    rows = exported_rows(client.get(url, {"muc": "open", "xuat": "xlsx"}))
    assert [row[:5] for row in rows] == [(opened.title, "Cụm các xã phía Bắc", "Chờ các bên ký", 1, 4)]


def test_the_list_costs_the_same_with_many_pacts(opened, officer, client_of, cluster):
    client, url = client_of(officer), reverse("pacts", args=[2026])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for n in range(20):
        other = type(cluster).objects.create(division=cluster.division, name=f"Cụm thêm {n}", position=9 + n)
        Pact.objects.create(division=cluster.division, cluster=other, title=f"Giao ước {n}")
    with CaptureQueriesContext(connection) as many:
        assert "Cụm thêm 19" in client.get(url).content.decode()
    assert len(many) <= len(few)


@pytest.mark.parametrize("name", ["pact", "pact_results"])
def test_a_pact_costs_the_same_with_many_parties_and_targets(signed, officer, client_of, cluster, name, who):
    url = reverse(name, args=[signed.pk])
    for user in (officer, who):
        client = client_of(user)
        client.get(url)
        with CaptureQueriesContext(connection) as few:
            client.get(url)
        for n in range(15):
            unit = make_unit(f"them-{user.pk}-{n}", f"UBND xã Thêm {user.pk} {n}", kind=Unit.Kind.COMMUNE)
            row = Membership.objects.create(cluster=cluster, unit=unit)
            party = Party.objects.create(
                pact=signed, membership=row, signer_name="A", signer_title="B", signed_on=DAY, signed_by=who
            )
            aimed = Target.objects.create(pact=signed, content=f"T{user.pk} {n}", measure="x", planned=n)
            Reached.objects.create(party=party, target=aimed, planned=3, reached=2)
        with CaptureQueriesContext(connection) as many:
            assert client.get(url).status_code == 200
        assert len(many) <= len(few)


def test_what_waits_for_each(opened, eight, officers, officer):
    def waits(user):
        return [(row.pk, pacts.WAITS[row.state]) for row in pacts.waiting_for(User.objects.get(pk=user.pk))]

    assert waits(eight["member"]) == [(opened.pk, "chờ đơn vị ký")]
    sign(opened, eight["member"])
    for role in ("member", "other_cluster", "nobody", "officer"):
        assert waits(eight[role]) == []
    sign_all(opened, officers)
    assert waits(officer) == [(opened.pk, "các bên đã ký đủ, chờ trình Hội đồng")]
    pacts.give_back(again(opened), by=officer, reason="x")
    assert waits(eight["leader_unit"]) == [(opened.pk, "bị trả lại, chờ sửa")]
    assert waits(eight["member"]) == []


# --- Who may


SEES = {"officer", "leader", "administrator", "leader_unit", "deputy_unit", "member"}
MANAGERS = {"officer", "leader", "administrator"}
KEEPERS = {"leader_unit", "deputy_unit"}
PARTIES = {"leader_unit", "deputy_unit", "member"}
REASON = {"reason": "Có lý do"}
# What each step needs, the fixture in which it can be taken, and who may.
STEPS = {
    Act.OPEN: ("pact", KEEPERS, {}),
    Act.TAKE_BACK: ("opened", KEEPERS, REASON),
    Act.SIGN: ("opened", PARTIES, {"name": "Vi Văn A", "title": "Chủ tịch", "day": "16/03/2026"}),
    Act.UNSIGN: ("signed", PARTIES, REASON),
    Act.SCAN: ("signed", KEEPERS | MANAGERS, {"files": scan}),
    Act.UNSCAN: ("scanned", KEEPERS | MANAGERS, REASON | {"file": lambda: Pact.objects.get().files.get().pk}),
    Act.SUBMIT: ("scanned", MANAGERS, {"paper": lambda: known_paper().reference, "day": "20/03/2026"}),
    Act.UNSUBMIT: ("submitted", MANAGERS, REASON),
    Act.CONFIRM: ("submitted", MANAGERS, {"paper": "25/TTr-SNV", "day": "27/03/2026", "who": "Thường trực"}),
    Act.UNCONFIRM: ("confirmed", MANAGERS, REASON),
    Act.RETURN: ("submitted", MANAGERS, REASON),
}


def known_paper():
    return Document.objects.filter(reference="25/TTr-SNV").first() or paper()


def typed_fields(needed):
    """What a step needs, made anew: a file is read once."""
    return {name: value() if callable(value) else value for name, value in needed.items()}


@pytest.mark.parametrize("act", STEPS)
def test_who_may_take_each_step(request, turn_of, client_of, act):
    """Who may is offered it and takes it, on the version that stands; for anybody else nothing changes."""
    fixture, may, needed = STEPS[act]
    found = request.getfixturevalue(fixture)
    hidden = {"other_cluster", "nobody"} | ({"member"} if fixture == "pact" else set())
    for role in EIGHT:
        with turn_of(role) as person:
            client = client_of(person)
            if role in may:
                page = client.get(found.get_absolute_url()).content.decode()
                assert f'value="{act.value}"' in page
                stale = post(client, found, act, **typed_fields(needed), version=found.version - 1)
                assert (stale.status_code, again(found).state) == (422, found.state)
                assert "một bản mới hơn" in stale.content.decode()
                assert post(client, found, act, **typed_fields(needed)).status_code == 302
            else:
                assert post(client, found, act, **typed_fields(needed)).status_code == (404 if role in hidden else 403)
                assert again(found).state == found.state


def test_the_actions_themselves_refuse_who_may_not(scanned, eight):
    for role in ("member", "other_cluster", "nobody"):
        by = eight[role]
        for act in (
            lambda by=by: pacts.take_back(scanned, by=by, reason="x"),
            lambda by=by: pacts.give_back(scanned, by=by, reason="x"),
            lambda by=by: pacts.attach(scanned, files=[scan()], by=by),
            lambda by=by: pacts.submit(scanned, by=by, paper=None, day=DAY),
            lambda by=by: pacts.save(scanned, [], by=by),
            lambda by=by: pacts.begin(pact_papers.blank(scanned.division), by=by),
        ):
            with pytest.raises(Refused, match=r"do .* làm|Chỉ Sở Nội vụ"):
                act()


def test_a_step_that_is_over_is_told_to_who_takes_it_twice(opened, eight, client_of):
    response = post(client_of(eight["leader_unit"]), opened, Act.OPEN)
    assert response.status_code == 422
    assert "Không thể «Đưa ra ký» khi giao ước đang ở bước «Chờ các bên ký»" in response.content.decode()


def test_a_step_that_nobody_knows_is_not_there(opened, officer, client_of):
    for act in ("write", "", "x"):
        response = client_of(officer).post(reverse("pact_step", args=[opened.pk]), {"act": act, "version": 1})
        assert response.status_code == 404


def test_who_brings_the_parties_in_step(opened, turn_of, officer, notice, client_of):
    leave(opened.cluster.memberships.filter(role="member").last(), officer, notice)
    for role in EIGHT:
        with turn_of(role) as person:
            status = post(client_of(person), opened, Act.RENEW, reason="Chuyển cụm").status_code
            assert status == (302 if role in KEEPERS | MANAGERS else 403 if role in SEES else 404)


def test_who_may_draft_and_write(cluster, turn_of, who, client_of):
    for role in EIGHT:
        with turn_of(role) as person:
            client = client_of(person)
            status = client.post(reverse("cluster_pact", args=[cluster.pk])).status_code
            assert status == (302 if role in KEEPERS else 403 if role in SEES else 404)
            assert Pact.objects.exists() == (role in KEEPERS)
            made = Pact.objects.first() or pacts.begin(pact_papers.blank(cluster.division, cluster), by=who)
            url = reverse("edit_pact", args=[made.pk])
            statuses = [client.get(url).status_code, client.post(url, typed(made, line("A"))).status_code]
            assert statuses == ([200, 302] if role in KEEPERS else [403] * 2 if role in MANAGERS else [404] * 2)
            assert made.targets.exists() == (role in KEEPERS)


def test_who_may_draft_and_write_the_pact_of_the_leaders(cluster, other_cluster, turn_of, officer, client_of):
    for role in EIGHT:
        with turn_of(role) as person:
            client = client_of(person)
            status = client.post(reverse("begin_leaders_pact", args=[2026])).status_code
            assert status == (302 if role in MANAGERS else 403)
            assert Pact.objects.exists() == (role in MANAGERS)
            made = Pact.objects.first() or pacts.begin(pact_papers.blank(cluster.division), by=officer)
            pacts.save(made, [target()], by=officer)
            status = client.get(reverse("edit_pact", args=[made.pk])).status_code
            assert status == (200 if role in MANAGERS else 404)
            pacts.open_for_signing(made, by=officer)
            # The leaders of both clusters are party; deputies and members are not.
            status = client.get(made.get_absolute_url()).status_code
            assert status == (200 if role in MANAGERS | {"leader_unit", "other_cluster"} else 404)


def test_who_sees_what(opened, turn_of, eight, client_of):
    party = opened.parties.get(membership__unit=eight["member"].unit)
    url = reverse("register_pact", args=[opened.pk, party.pk])
    sent = {"version": 1, "danh-hieu-TOTAL_FORMS": 1, "danh-hieu-INITIAL_FORMS": 0}
    sent |= {"danh-hieu-0-title": "Cờ", "danh-hieu-0-quantity": "1"}
    for role in EIGHT:
        with turn_of(role) as person:
            client = client_of(person)
            for name in ("pact", "pact_sheet", "pact_results"):
                status = client.get(reverse(name, args=[opened.pk])).status_code
                assert status == (200 if role in SEES else 404)
            expected = 200 if role in KEEPERS | {"member"} else 403 if role in SEES else 404
            assert client.get(url).status_code == expected
            client.post(url, sent)
            assert party.aims.exists() == (role in KEEPERS | {"member"})


def test_who_reports_results_and_drafts_the_submission(scanned, turn_of, eight, council, director, client_of):
    party = scanned.parties.get(membership__unit=eight["member"].unit)
    sent = {"version": party.version, f"reached_{scanned.targets.first().pk}": "4"}
    for role in EIGHT:
        with turn_of(role) as person:
            client = client_of(person)
            status = client.post(reverse("report_pact", args=[scanned.pk, party.pk]), sent).status_code
            assert status == (302 if role == "member" else 403 if role in SEES else 404)
            assert party.results.filter(reached=4).exists() == (role == "member")
            posted = client.post(reverse("draft_pact_submission", args=[2026]), {"giao-uoc": scanned.pk})
            assert posted.status_code == (302 if role in MANAGERS else 403)
            assert Document.objects.filter(area=pact_papers.OF_PACT.kind).exists() == (role in MANAGERS)


def test_the_leader_of_another_year_may_do_nothing(opened, eight, client_of):
    """Who led last year is a member now, or nobody."""
    row = Membership.objects.get(unit=eight["leader_unit"].unit)
    Membership.objects.filter(pk=row.pk).update(role="member")
    status = post(client_of(User.objects.get(pk=eight["leader_unit"].pk)), opened, Act.TAKE_BACK, **REASON).status_code
    assert status == 403


def test_a_clerk_reads_along_and_writes_nothing(opened, clerk, client_of):
    client = client_of(clerk)
    assert client.get(opened.get_absolute_url()).status_code == 200
    for act in STEPS:
        assert post(client, opened, act).status_code == 403


# --- At the same moment


def at_once(jobs):
    """Each of ``jobs`` (function, arguments) in a process of its own; gives what failed."""
    context = multiprocessing.get_context("fork")
    failures = context.Queue()
    connections.close_all()
    processes = [context.Process(target=_run, args=(failures, *job)) for job in jobs]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    found = []
    while not failures.empty():
        found.append(failures.get())
    return found


def _run(failures, function, *arguments):
    connections.close_all()
    try:
        function(*arguments)
    except Exception as failure:
        failures.put(f"{type(failure).__name__}: {failure}")
    connections.close_all()


def _sign(pact, user):
    sign(Pact.objects.get(pk=pact), User.objects.get(pk=user))


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_all_parties_sign_at_once_and_the_pact_is_signed_once(opened, officers):
    users = [officers[row.membership.unit_id].pk for row in opened.parties.select_related("membership")]
    assert at_once([(_sign, opened.pk, user) for user in users]) == []
    assert again(opened).state == State.SIGNED
    assert Change.objects.filter(about="pact", act="Các bên đã ký đủ").count() == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_one_party_signs_once_from_four_machines(opened, eight):
    failures = at_once([(_sign, opened.pk, eight["member"].pk)] * 4)
    assert len(failures) == 3
    assert all("Mỗi bên chỉ ký một lần" in failure for failure in failures)


def _begin(cluster, user):
    cluster = Membership.objects.filter(cluster=cluster).first().cluster
    pacts.begin(pact_papers.blank(cluster.division, cluster), by=User.objects.get(pk=user))


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_leader_and_deputy_draft_at_once_and_there_is_one_pact(cluster, eight):
    failures = at_once([(_begin, cluster.pk, eight[role].pk) for role in ("leader_unit", "deputy_unit") * 2])
    assert len(failures) == 3
    assert Pact.objects.count() == 1


def _save(pact, user, version):
    pacts.save(Pact.objects.get(pk=pact), [target(str(user))], by=User.objects.get(pk=user), seen_version=version)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_saves_of_one_version_are_one(pact, eight):
    version = again(pact).version
    failures = at_once([(_save, pact.pk, eight[role].pk, version) for role in ("leader_unit", "deputy_unit")])
    assert len(failures) == 1
    assert Stale.__name__ in failures[0]
    assert again(pact).version == version + 1
