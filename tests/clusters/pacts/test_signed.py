"""Pacts are signed by every party; who left meanwhile; scans of what was signed."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from clusters.changes import actions as within_year
from clusters.models import Membership, Pact, Party
from clusters.pacts import actions as pacts
from clusters.pacts import papers as pact_papers
from clusters.pacts import parties, signing
from documents.models import Change, Upload
from documents.steps.refusing import Refused
from units.models import Official, Term, Unit

from ...conftest import make_unit
from .made import DAY, State, again, leave, paper, post, scan, sign, target

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
    response = post(client, opened, "sign", name="Vi Văn Thử", title="Chủ tịch", day="21/11/2026")
    page = response.content.decode()
    assert response.status_code == 422
    assert "Ngày ký chưa đến" in page
    assert 'value="Vi Văn Thử"' in page
    assert post(client, opened, "sign", name="", title="", day="").status_code == 422
    assert post(client, opened, "sign", name="Vi Văn Thử", title="Chủ tịch", day="16/03/2026").status_code == 302


def test_a_signature_recorded_wrongly_is_taken_back_by_its_unit_with_a_reason(signed, eight):
    with pytest.raises(Refused, match="lý do"):
        signing.unsign(signed, by=eight["member"], reason="")
    signing.unsign(signed, by=eight["member"], reason="Ghi nhầm tên")
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


def test_nobody_registers_titles_for_a_party_that_left(opened, eight, officer, notice):
    row = opened.parties.get(membership=opened.cluster.memberships.filter(role="member").last())
    assert parties.register.may(row, eight["leader_unit"])
    leave(row.membership, officer, notice)
    row = Party.objects.select_related("pact", "membership").get(pk=row.pk)
    assert not parties.register.may(row, eight["leader_unit"])
    with pytest.raises(Refused, match="đơn vị chưa ký"):
        parties.register(row, aims=[("Cờ", 1)], figures={}, by=eight["leader_unit"])


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
        signing.renew(opened, by=officer, reason="")
    signing.renew(opened, by=officer, reason="Theo quyết định chuyển cụm")
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
        signing.renew(opened, by=who, reason="x")


def test_a_leader_that_changed_is_another_party_of_the_pact_of_the_leaders(
    cluster, other_cluster, officer, officers, notice
):
    pact = pacts.begin(pact_papers.blank(cluster.division), by=officer)
    pacts.write(pact, targets=[target()], by=officer)
    pacts.open_for_signing(pact, by=officer)
    old = cluster.memberships.get(role="leader")
    new = cluster.memberships.filter(role="member").first()
    within_year.name(new, Membership.Role.LEADER, by=officer, since=date(2026, 6, 1), paper=notice, reason="x")
    with pytest.raises(Refused, match="không còn là bên ký"):
        sign(again(pact), officers[old.unit_id])
    signing.renew(again(pact), by=officer, reason="Thay trưởng cụm")
    assert pact.parties.get(membership=old).excuse == "thôi làm trưởng cụm, khối: Thay trưởng cụm"
    for row in (new, other_cluster.memberships.get(role="leader")):
        sign(again(pact), officers[row.unit_id])
    assert again(pact).state == State.SIGNED


# --- Scans


def test_the_signed_scan_is_kept_for_those_who_may_read_the_pact(signed, eight, client_of):
    client = client_of(eight["leader_unit"])
    assert post(client, signed, "scan", files=[scan(), scan("trang-2.jpg")]).status_code == 302
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
    response = post(client_of(eight["leader_unit"]), signed, "scan", files=file)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not signed.files.exists()


def test_a_scan_over_the_size_is_refused(signed, eight, client_of, settings):
    settings.UPLOAD_MAX_MB = 0.0001
    response = post(client_of(eight["leader_unit"]), signed, "scan", files=scan())
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
