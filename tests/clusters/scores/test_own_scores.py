"""What a member gives itself: points, notes, evidence, sent when complete."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from clusters.criteria import actions as criteria
from clusters.models import About, Evidence, Score
from clusters.scores import actions as scoring
from clusters.scores.actions import Given
from clusters.scores.rules import OWN, sums_of
from documents.models import Change, Upload
from documents.steps.refusing import Refused

from .scored import State, give, page_of, send, sheet_of


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ("60,01", "Mục 1 tối đa 60 điểm."),
        ("-1", "Điểm không âm"),
        ("8,125", "hai chữ số sau dấu phẩy"),
        ("8.5", "dùng dấu phẩy cho phần lẻ"),
        ("nhiều", "Hãy ghi số"),
    ],
)
def test_wrong_points_are_refused_beside_the_row_and_what_was_typed_stays(opened, eight, client_of, points, words):
    sheet = sheet_of(eight["member"])
    answer = client_of(eight["member"]).post(sheet.get_absolute_url(), page_of(sheet, {"1": points, "2": "7,25"}))
    form = next(iter(answer.context["form"].rows.values()))
    assert answer.status_code == 422
    assert any(words in error for error in form.errors["points"])
    assert "7,25" in answer.content.decode()
    assert not Score.objects.exclude(own=None).exists()


def test_the_action_refuses_what_the_form_refuses(opened, eight):
    sheet = sheet_of(eight["member"])
    leaf = criteria.leaves_of(sheet.set)[0]
    for points, words in ((Decimal("60.01"), "tối đa 60"), (Decimal(-1), "không âm")):
        with pytest.raises(Refused, match=words):
            scoring.save(sheet, {leaf.pk: Given(points)}, by=eight["member"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Score.objects.filter(sheet=sheet).update(own=-1)


def test_points_are_saved_as_often_as_wanted_and_every_time_told(opened, eight):
    user = eight["member"]
    give(sheet_of(user), {"1": "50", "4": "2"}, by=user)
    give(sheet_of(user), {"1": "55,5"}, by=user)
    give(sheet_of(user), {"1": "55,5"}, by=user)
    sheet = sheet_of(user)
    rows = Change.objects.filter(about=About.SCORES, key=sheet.pk)
    assert (sheet.own_total, sheet.version) == (Decimal("53.5"), 3)
    assert [row.changes for row in rows] == [{"Mục 1": ["50", "55,5"]}, {"Mục 1": ["", "50"], "Mục 4": ["", "2"]}]


def test_an_old_version_of_a_sheet_without_a_log_is_refused(opened, eight, client_of):
    sheet = sheet_of(eight["member"])
    for version in ("7", "9" * 5000, "x"):
        answer = client_of(eight["member"]).post(sheet.get_absolute_url(), page_of(sheet, {"1": "50"}, version=version))
        assert answer.status_code == 422
        assert "Bản bạn đang xem không phải bản mới nhất." in answer.content.decode()
    assert not Score.objects.exclude(own=None).exists()


def test_a_step_with_a_version_that_cannot_be_one_is_not_taken(opened, eight, officer, client_of):
    url = reverse("sheet_step", args=[sheet_of(eight["member"]).pk])
    typed = {"act": "disqualify", "reason": "Có án", "version": "9" * 5000}
    assert client_of(officer).post(url, typed).status_code == 422
    answer = client_of(officer).post(url, typed | {"version": 7})
    assert answer.status_code == 422
    assert "Bản bạn đang xem không phải bản mới nhất." in answer.content.decode()
    assert not sheet_of(eight["member"]).disqualified


def test_what_is_not_posted_stays_as_it_is_stored(opened, eight, client_of):
    user = eight["member"]
    give(sheet_of(user), {"1": "50", "2": "30"}, by=user, note="Theo báo cáo")
    client, sheet = client_of(user), sheet_of(user)
    assert client.post(sheet.get_absolute_url(), page_of(sheet, {"1": ""})).status_code == 302
    kept = sheet.scores.filter(criterion__code__in="12").order_by("criterion__code").values_list("own", "own_note")
    assert list(kept) == [(None, "Theo báo cáo"), (30, "Theo báo cáo")]


def test_sending_names_what_is_missing_and_what_is_not_proven(opened, eight, client_of):
    user, sheet = eight["member"], sheet_of(eight["member"])
    client = client_of(user)
    answer = client.post(sheet.get_absolute_url(), page_of(sheet, {"2": "30"}, end="1"), follow=True)
    page = answer.content.decode()
    assert "Chưa chấm mục 1." in page
    assert "Phải có minh chứng hoặc thuyết minh ở mục 2." in page
    sheet = sheet_of(user)
    assert (sheet.state, sheet.own_total) == (State.OPEN, 30)


def test_bonus_and_deduction_left_empty_count_as_nothing(opened, eight):
    sheet = send(eight["member"], {"1": "50", "2": "30"})
    assert (sheet.state, sheet.own_total) == (State.SENT, 80)
    assert list(sheet.scores.filter(own=None)) == []


def test_a_file_proves_a_criterion_and_is_fetched_by_those_who_read_the_sheet(opened, eight, client_of, pdf_file):
    user, sheet = eight["member"], sheet_of(eight["member"])
    typed = page_of(sheet, {"1": "50", "2": "30"}, m2_files=pdf_file, end="1")
    assert client_of(user).post(sheet.get_absolute_url(), typed).status_code == 302
    upload = Evidence.objects.get(score__sheet=sheet).upload
    assert sheet_of(user).state == State.SENT
    seen = {who: client_of(eight[who]).get(upload.get_absolute_url()).status_code for who in eight}
    allowed = {"officer", "leader", "administrator", "leader_unit", "deputy_unit", "member"}
    assert {who for who, status in seen.items() if status == 200} == allowed
    assert {status for who, status in seen.items() if who not in allowed} == {404}


def test_a_file_that_lies_about_its_type_is_refused_beside_the_row(opened, eight, client_of):
    user, sheet = eight["member"], sheet_of(eight["member"])
    lie = SimpleUploadedFile("anh.pdf", b"\x89PNG\r\n\x1a\n")
    answer = client_of(user).post(sheet.get_absolute_url(), page_of(sheet, {"1": "50"}, m2_files=lie))
    assert answer.status_code == 422
    assert "có đuôi .pdf nhưng bên trong là ảnh PNG" in answer.content.decode()
    assert "hãy chọn lại" in answer.content.decode()
    assert not Upload.objects.exists()


def test_evidence_comes_with_the_own_points_alone(opened, eight, pdf_file):
    send(eight["member"])
    sheet = sheet_of(eight["member"])
    leaf = next(leaf for leaf in criteria.leaves_of(sheet.set) if leaf.code == "2")
    given = {leaf.pk: Given(Decimal("30.5"), files=(pdf_file,))}
    scoring.save(sheet, given, by=eight["leader_unit"])
    assert not Evidence.objects.exists()


def test_a_group_has_the_points_of_its_parts(opened, eight):
    send(eight["member"])
    sheet = sheet_of(eight["member"])
    outline = criteria.outline_of(sheet.set)
    sums = sums_of(outline, scoring.scores_of(sheet), OWN)
    assert {row.code: sums.get(row.pk) for row in outline} == {
        "I": Decimal("80.5"), "1": 50, "2": Decimal("30.5"), "II": 2, "3": 2, "III": 1, "4": 1,
    }  # fmt: skip


def test_evidence_is_taken_out_while_the_sheet_is_open(opened, eight, client_of, pdf_file):
    user, sheet = eight["member"], sheet_of(eight["member"])
    client = client_of(user)
    client.post(sheet.get_absolute_url(), page_of(sheet, {"1": "50"}, m2_files=pdf_file))
    client.post(sheet.get_absolute_url(), page_of(sheet, {"1": "50"}, m2_dropped=str(Evidence.objects.get().pk)))
    assert not Evidence.objects.exists()
    assert not Upload.objects.exists()
    changes = [row.changes for row in Change.objects.filter(about="scores", key=sheet.pk)]
    assert changes[0] == {"Mục 2, minh chứng": ["bao-cao.pdf", ""]}
