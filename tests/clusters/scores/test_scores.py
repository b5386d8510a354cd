"""Scores of a year: opened, given, verified, settled, ranked; who may do what; what each page costs."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from decimal import Decimal
from threading import Barrier, BrokenBarrierError

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusters.changes import actions as within_year
from clusters.criteria import actions as criteria
from clusters.divisions import actions as dividing
from clusters.models import About, Category, Cluster, Division, Evidence, Membership, RankRule, Score, ScoreSheet
from clusters.scores import actions as scoring
from clusters.scores.actions import Given
from documents.models import Change, Upload
from documents.steps.refusing import Refused, Stale
from units.models import Role, Unit

from ...conftest import make_unit, make_user
from ...documents.uploads.test_uploads import pdf
from ..conftest import EIGHT, NOTICE_DAY, make_cluster
from .scored import FULL, TREE, give, make_set, pass_on, send, settle, sheet_of, with_verifier

State = ScoreSheet.State


@pytest.fixture
def opened(cluster, category, officer, leader):
    """The cluster with its criteria approved and its sheets open."""
    make_set(category, officer, approver=leader)
    scoring.open_scoring(cluster.division, by=officer)
    return cluster


@pytest.fixture
def health(db):
    """A department that verifies criterion 2, with its officer."""
    return make_user("yte", "Lương Thị Tế", Role.UNIT_OFFICER, make_unit("so-y-te", "Sở Y tế"))


@pytest.fixture
def opened_with_department(cluster, category, officer, leader, health):
    make_set(category, officer, rows=with_verifier(health.unit), approver=leader)
    scoring.open_scoring(cluster.division, by=officer)
    return cluster


@pytest.fixture
def pdf_file():
    return SimpleUploadedFile("bao-cao.pdf", pdf())


def fresh(user):
    """The same person as the next request knows it."""
    return type(user).objects.get(pk=user.pk)


def sheets(cluster):
    """{unit: sheet} of a cluster."""
    rows = ScoreSheet.objects.filter(membership__cluster=cluster).with_names()
    return {str(row.membership).removeprefix("UBND xã "): row for row in rows}


def settle_all(cluster, officer, totals):
    """Settle the sheets of ``cluster`` with ``totals`` {unit: points of criterion 1}; the rest stays open."""
    for name, points in totals.items():
        sheet = sheets(cluster)[name]
        ScoreSheet.objects.filter(pk=sheet.pk).update(state=State.VERIFIED)
        settle(sheet, by=officer, points={"1": points, "2": "0", "3": "0", "4": "0"}, note="Hồ sơ cụm")


# --- Opening


def test_every_staying_member_gets_a_sheet_of_the_newest_version(opened, other_cluster):
    assert list(ScoreSheet.objects.values_list("set__number", "state").distinct()) == [(1, "open")]
    assert ScoreSheet.objects.count() == 7
    assert Score.objects.count() == 7 * 4


def test_clusters_without_category_or_criteria_are_named(cluster, other_cluster, officer, client_of):
    Cluster.objects.filter(pk=cluster.pk).update(category=None)
    _, left_out = scoring.open_scoring(cluster.division, by=officer)
    assert {str(row): why for row, why in left_out.items()} == {
        "Cụm các xã phía Bắc": "chưa chọn loại cụm, khối",
        "Cụm các xã phía Nam": "loại «Cụm các xã» chưa có bộ tiêu chí đã duyệt áp dụng cho năm 2026",
    }
    page = client_of(officer).post(reverse("open_scoring", args=[2026]), follow=True).content.decode()
    assert "Chưa mở được cho: Cụm các xã phía Bắc (chưa chọn loại cụm, khối)" in page
    assert not ScoreSheet.objects.exists()


def test_a_cluster_that_began_keeps_its_version_for_who_joins_later(opened, category, officer, leader, notice):
    newer = criteria.copy(opened.memberships.first().sheet.set, by=officer)
    criteria.approve(newer, by=leader, day=date(2026, 4, 1))
    unit = make_unit("xa-moi", "UBND xã Mới", kind=Unit.Kind.COMMUNE)
    within_year.admit(opened.division, unit, opened, by=officer, since=date(2026, 6, 1), paper=notice, reason="Bổ sung")
    made, left_out = scoring.open_scoring(opened.division, by=officer)
    assert (made, left_out, sheets(opened)["Mới"].set.number) == (1, {}, 1)


def test_a_draft_division_is_not_scored(division, officer):
    with pytest.raises(Refused, match="chưa thông báo"):
        scoring.open_scoring(division, by=officer)


# --- The own scores


def page_of(sheet, points=FULL, **more):
    """What the page of a sheet posts: {criterion: points as typed}."""
    leaves = {leaf.code: leaf.pk for leaf in criteria.leaves_of(sheet.set)}
    data = {"version": str(ScoreSheet.objects.get(pk=sheet.pk).version)}
    data |= {f"m{leaves[code]}-points": text for code, text in points.items()}
    for name, value in more.items():
        code, _, field = name.removeprefix("m").partition("_")
        data[f"m{leaves[code]}-{field}" if name.startswith("m") else name] = value
    return data


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
    url = reverse("sheet_step", args=[sheet_of(eight["member"]).pk, "khong-xep-hang"])
    page = client_of(officer).post(url, {"reason": "Có án", "version": "9" * 5000}, follow=True).content.decode()
    assert "Bản bạn đang xem không phải bản mới nhất." in page
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
    sums = scoring.sums_of(outline, scoring.scores_of(sheet), scoring.OWN)
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


# --- Verifying


def test_the_cluster_verifies_with_a_reason_where_it_differs(opened, eight, client_of):
    send(eight["member"])
    sheet, leader = sheet_of(eight["member"]), eight["leader_unit"]
    url = sheet.get_absolute_url()
    refused = client_of(leader).post(url, page_of(sheet, FULL | {"1": "45"}))
    assert "Mục 1: điểm khác với tự chấm (50). Hãy ghi lý do." in refused.content.decode()
    assert not Score.objects.exclude(verified=None).exists()
    client_of(leader).post(url, page_of(sheet, FULL | {"1": "45"}, m1_note="Thiếu quý IV", end="1"))
    sheet = sheet_of(eight["member"])
    assert (sheet.state, sheet.own_total, sheet.verified_total) == (State.VERIFIED, Decimal("81.5"), Decimal("76.5"))
    page = client_of(eight["member"]).get(url).content.decode()
    assert "Thiếu quý IV" in page
    assert page.count("score-cell differs") == 1


def test_nobody_verifies_the_own_sheet_and_the_deputy_that_of_the_leader(opened, eight):
    leader, deputy = eight["leader_unit"], eight["deputy_unit"]
    send(leader)
    sheet = sheet_of(leader)
    with pytest.raises(Refused, match="không phải lượt của bạn"):
        give(sheet, FULL, by=leader)
    assert pass_on(sheet, by=deputy).state == State.VERIFIED


def test_a_criterion_of_a_department_is_verified_by_its_officer_alone(opened_with_department, eight, health, client_of):
    send(eight["member"])
    sheet, leader = sheet_of(eight["member"]), eight["leader_unit"]
    with pytest.raises(Refused, match="không thuộc phần của đơn vị bạn"):
        give(sheet, {"2": "30,5"}, by=leader)
    with pytest.raises(Refused, match="không thuộc phần của đơn vị bạn"):
        give(sheet, {"1": "50"}, by=health)
    give(sheet, {"1": "50", "3": "2", "4": "1"}, by=leader)
    with pytest.raises(Refused, match=r"Chưa có điểm thẩm định ở mục 2 \(Sở Y tế\)"):
        scoring.end_step(sheet, by=leader)
    assert client_of(health).get(sheet.get_absolute_url()).status_code == 200
    give(sheet, {"2": "20"}, by=health, note="Theo dõi của Sở")
    with pytest.raises(Refused, match="Trưởng cụm gửi cả bảng điểm"):
        scoring.end_step(sheet, by=health)
    assert scoring.end_step(sheet, by=leader).verified_total == 71


def test_a_department_reads_a_sheet_once_it_was_sent_and_not_before(opened_with_department, eight, health, client_of):
    sheet = sheet_of(eight["member"])
    assert client_of(health).get(sheet.get_absolute_url()).status_code == 404
    send(eight["member"])
    assert client_of(health).get(sheet.get_absolute_url()).status_code == 200
    assert client_of(health).get(sheet.membership.cluster.get_absolute_url()).status_code == 404


def test_a_department_that_ended_verifies_no_more(opened_with_department, eight, health):
    health.unit.ended = date(2026, 3, 1)
    health.unit.save()
    send(eight["member"])
    with pytest.raises(Refused, match="không phải lượt"):
        give(sheet_of(eight["member"]), {"2": "30,5"}, by=fresh(health))


def test_the_department_takes_over_what_the_cluster_does_not_verify(opened, eight, officer):
    send(eight["member"])
    sheet = sheet_of(eight["member"])
    with pytest.raises(Refused, match="lý do"):
        scoring.take_over(sheet, by=officer, reason=" ")
    scoring.take_over(sheet, by=officer, reason="Cụm chưa có phó trưởng")
    done = settle(sheet_of(eight["member"]), by=officer)
    assert (done.verified_total, done.settled_total) == (None, Decimal("81.5"))


# --- Settling


def test_a_criterion_without_points_is_not_settled_and_is_named(opened, eight, officer):
    send(eight["member"])
    pass_on(sheet_of(eight["member"]), by=eight["leader_unit"])
    sheet = sheet_of(eight["member"])
    give(sheet, {"1": "50", "2": "30,5", "4": "1"}, by=officer)
    with pytest.raises(Refused, match="Chưa có điểm chốt ở mục 3"):
        scoring.end_step(sheet, by=officer)
    assert sheet_of(eight["member"]).state == State.VERIFIED


def test_the_department_gives_a_reason_where_it_differs(opened, eight, officer):
    send(eight["member"])
    pass_on(sheet_of(eight["member"]), by=eight["leader_unit"])
    sheet = sheet_of(eight["member"])
    with pytest.raises(Refused, match=r"Mục 1: điểm khác với thẩm định \(50\)"):
        give(sheet, FULL | {"1": "48"}, by=officer)
    assert settle(sheet, by=officer, points=FULL | {"1": "48"}, note="Kiểm tra hồ sơ").settled_total == Decimal("79.5")


def test_a_sheet_goes_back_one_step_with_a_reason_and_its_points_stay(opened, eight, officer):
    user, leader = eight["member"], eight["leader_unit"]
    send(user)
    pass_on(sheet_of(user), by=leader)
    settle(sheet_of(user), by=officer)
    for by, state in ((officer, State.VERIFIED), (officer, State.SENT), (leader, State.OPEN)):
        with pytest.raises(Refused, match="lý do"):
            scoring.give_back(sheet_of(user), by=by, reason="")
        assert scoring.give_back(sheet_of(user), by=by, reason="Xem lại mục 1").state == state
    sheet = sheet_of(user)
    assert (sheet.settled_total, sheet.verified_total, sheet.own_total) == (None, None, Decimal("81.5"))
    assert {score.verified for score in sheet.scores.filter(criterion__code="1")} == {50}
    row = Change.objects.filter(about="scores", key=sheet.pk).first()
    assert (row.by, row.reason) == (leader, "Xem lại mục 1")
    assert row.changes == {"Trạng thái": ["Chờ cụm thẩm định", "Đơn vị tự chấm"]}


def test_points_that_no_longer_agree_after_a_return_need_a_reason(opened, eight):
    user, leader = eight["member"], eight["leader_unit"]
    send(user)
    give(sheet_of(user), FULL, by=leader)
    scoring.give_back(sheet_of(user), by=leader, reason="Sửa mục 1")
    send(user, FULL | {"1": "55"})
    with pytest.raises(Refused, match=r"Mục 1: điểm khác với tự chấm \(55\)"):
        scoring.end_step(sheet_of(user), by=leader)


# --- Two people


def test_who_saves_an_older_version_is_told_and_the_points_come_back(opened, eight, client_of):
    user = eight["member"]
    colleague = make_user("mai", "Triệu Thị Mai", Role.UNIT_OFFICER, user.unit)
    sheet = sheet_of(user)
    typed = page_of(sheet, {"1": "41"})
    give(sheet, {"1": "50"}, by=colleague)
    answer = client_of(user).post(sheet.get_absolute_url(), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"{colleague} đã lưu một bản mới hơn" in page
    assert 'value="41"' in page
    assert sheet_of(user).own_total == 50
    client_of(user).post(sheet.get_absolute_url(), typed | {"version": str(answer.context["version"])})
    assert sheet_of(user).own_total == 41


def at_once(*acts):
    """What each of ``acts`` gives when all are done at the same moment, in threads of their own."""
    ready = Barrier(len(acts))

    def run(act):
        ready.wait()
        try:
            return act()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_the_same_sheet_at_once_one_is_told(opened, eight):
    user = eight["member"]
    colleague = make_user("mai", "Triệu Thị Mai", Role.UNIT_OFFICER, user.unit)
    sheet = sheet_of(user)
    found = at_once(
        lambda: give(sheet, {"1": "41"}, by=user, seen=sheet.version).own_total,
        lambda: give(sheet, {"1": "42"}, by=colleague, seen=sheet.version).own_total,
    )
    assert sum(isinstance(row, Stale) for row in found) == 1
    assert sheet_of(user).own_total in found


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_who_settle_the_last_two_sheets_at_once_leave_a_ranking(opened, officer, leader, monkeypatch):
    """Each ranks as soon as the other is as far, unless that one waits for its turn: then after a second."""
    settle_all(opened, officer, {"Ba Sơn": "10", "Công Sơn": "20"})
    last = [sheets(opened)[name] for name in ("Đồng Đăng", "Cao Lộc")]
    for sheet in last:
        ScoreSheet.objects.filter(pk=sheet.pk).update(state=State.VERIFIED)
        give(sheet, {"1": "30", "2": "0", "3": "0", "4": "0"}, by=officer, note="Hồ sơ")
    both, rank = Barrier(2), scoring.rank

    def rank_together(cluster):
        with suppress(BrokenBarrierError):
            both.wait(timeout=1)
        rank(cluster)

    monkeypatch.setattr(scoring, "rank", rank_together)
    at_once(lambda: scoring.end_step(last[0], by=officer), lambda: scoring.end_step(last[1], by=leader))
    assert sorted(row.rank for row in sheets(opened).values()) == [1, 1, 3, 4]


# --- Totals and ranks


def test_the_totals_are_the_sums_of_the_scores(opened, eight, officer):
    user = eight["member"]
    send(user)
    pass_on(sheet_of(user), by=eight["leader_unit"], points=FULL)
    settle(sheet_of(user), by=officer, points=FULL | {"4": "2,25"}, note="Chậm hai lần")
    sheet = sheet_of(user)
    for column, total in (
        ("own", sheet.own_total),
        ("verified", sheet.verified_total),
        ("settled", sheet.settled_total),
    ):
        rows = sheet.scores.values_list("criterion__kind", column)
        assert total == sum(points * (-1 if kind == "deduction" else 1) for kind, points in rows)
    assert sheet.settled_total == Decimal("80.25")


def test_places_are_given_once_all_are_settled(opened, officer):
    settle_all(opened, officer, {"Ba Sơn": "40", "Công Sơn": "50", "Đồng Đăng": "40"})
    assert {row.rank for row in sheets(opened).values()} == {None}
    settle_all(opened, officer, {"Cao Lộc": "30"})
    ranks = {name: row.rank for name, row in sheets(opened).items()}
    assert ranks == {"Công Sơn": 1, "Ba Sơn": 2, "Đồng Đăng": 2, "Cao Lộc": 4}
    scoring.give_back(sheets(opened)["Cao Lộc"], by=officer, reason="Xem lại")
    assert {row.rank for row in sheets(opened).values()} == {None}


@pytest.mark.parametrize(
    ("rules", "places"),
    [
        ([], [1, 2, 2, 4]),
        ([("dense", date(2026, 1, 1))], [1, 2, 2, 3]),
        ([("dense", date(2020, 1, 1)), ("skip", date(2026, 12, 31))], [1, 2, 2, 4]),
        ([("dense", date(2027, 1, 1))], [1, 2, 2, 4]),
    ],
)
def test_equal_totals_share_a_place_as_the_rule_of_the_year_says(opened, officer, rules, places):
    for ties, since in rules:
        RankRule.objects.create(ties=ties, since=since)
    settle_all(opened, officer, {"Ba Sơn": "40", "Công Sơn": "50", "Đồng Đăng": "40", "Cao Lộc": "30"})
    assert sorted(row.rank for row in sheets(opened).values()) == places


def test_who_is_disqualified_has_no_place_until_that_is_withdrawn(opened, officer):
    settle_all(opened, officer, {"Ba Sơn": "40", "Công Sơn": "50", "Đồng Đăng": "30"})
    scoring.disqualify(sheets(opened)["Cao Lộc"], by=officer, reason="Không chấm điểm")
    scoring.disqualify(sheets(opened)["Công Sơn"], by=officer, reason="Có cán bộ bị kỷ luật")
    ranks = {name: row.rank for name, row in sheets(opened).items()}
    assert ranks == {"Công Sơn": None, "Ba Sơn": 1, "Đồng Đăng": 2, "Cao Lộc": None}
    with pytest.raises(Refused, match="đã được ghi"):
        scoring.disqualify(sheets(opened)["Công Sơn"], by=officer, reason="Lần nữa")
    scoring.qualify(sheets(opened)["Công Sơn"], by=officer, reason="Kết luận lại")
    ranks = {name: row.rank for name, row in sheets(opened).items()}
    assert ranks == {"Công Sơn": 1, "Ba Sơn": 2, "Đồng Đăng": 3, "Cao Lộc": None}
    row = Change.objects.filter(about="scores", key=sheets(opened)["Công Sơn"].pk).first()
    assert (row.changes, row.reason) == ({"Không xếp hạng vì": ["Có cán bộ bị kỷ luật", ""]}, "Kết luận lại")


def test_who_left_the_cluster_stands_in_nobodys_way(opened, officer, notice):
    settle_all(opened, officer, {"Ba Sơn": "40", "Công Sơn": "50", "Đồng Đăng": "30"})
    leaving = sheets(opened)["Cao Lộc"].membership
    within_year.leave(leaving, by=officer, since=date(2026, 7, 1), paper=notice, reason="Giải thể")
    ranks = {name: row.rank for name, row in sheets(opened).items()}
    assert ranks == {"Công Sơn": 1, "Ba Sơn": 2, "Đồng Đăng": 3, "Cao Lộc": None}


# --- Who may


DEPARTMENT = {"officer", "leader", "administrator"}
CLUSTER = {"leader_unit", "deputy_unit"}


def test_who_opens_the_scoring(turn_of, cluster, category, officer, leader, client_of):
    make_set(category, officer, approver=leader)
    for who in EIGHT:
        with turn_of(who) as person:
            client_of(person).post(reverse("open_scoring", args=[2026]))
            assert ScoreSheet.objects.exists() is (who in DEPARTMENT)
            if who not in DEPARTMENT:
                with pytest.raises(Refused, match="Chỉ Sở Nội vụ"):
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
                with pytest.raises(Refused, match="không phải lượt của bạn"):
                    scoring.end_step(sheet, by=person)


@pytest.mark.parametrize(
    ("act", "state", "allowed"),
    [
        ("tra-lai", State.SENT, DEPARTMENT | CLUSTER),
        ("tra-lai", State.VERIFIED, DEPARTMENT),
        ("tra-lai", State.SETTLED, DEPARTMENT),
        ("tra-lai", State.OPEN, set()),
        ("nhan-chot", State.SENT, DEPARTMENT),
        ("nhan-chot", State.OPEN, set()),
        ("khong-xep-hang", State.SENT, DEPARTMENT),
        ("xep-hang-lai", State.SENT, DEPARTMENT),
    ],
)
def test_who_takes_which_step(opened, eight, turn_of, act, state, allowed, client_of):
    sheet = sheet_of(eight["member"])
    facts = {"state": state, "settled_total": 80 if state == State.SETTLED else None}
    facts["disqualified"] = "Kỷ luật" if act == "xep-hang-lai" else ""
    rows = ScoreSheet.objects.filter(pk=sheet.pk)
    rows.update(**facts)
    columns = ("state", "disqualified", "version")
    before = rows.values_list(*columns).get()
    for who in EIGHT:
        with turn_of(who) as person:
            client_of(person).post(reverse("sheet_step", args=[sheet.pk, act]), {"reason": "Lý do"})
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
    with pytest.raises(Refused, match="bạn không trả lại được"):
        scoring.give_back(sheet_of(eight["member"]), by=officer, reason="Xem lại")


def test_a_step_that_is_none_is_not_found(opened, eight, officer, client_of):
    sheet = sheet_of(eight["member"])
    assert client_of(officer).post(reverse("sheet_step", args=[sheet.pk, "xoa"]), {"reason": "x"}).status_code == 404


# --- What waits


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


# --- Pages


def test_the_pages_cost_the_same_with_many_members_criteria_and_years(
    cluster, category, officer, leader, client_of, notice
):
    make_set(category, officer, rows=TREE[:3], approver=leader)
    scoring.open_scoring(cluster.division, by=officer)
    client = client_of(officer)

    def cost(url):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    def pages(found):
        sheet = ScoreSheet.objects.filter(membership__cluster=found).first()
        names = ("cluster_scores", "cluster_charts")
        urls = [sheet.get_absolute_url(), *(reverse(name, args=[found.pk]) for name in names)]
        urls += [f"{reverse('cluster_scores', args=[found.pk])}?xuat=xlsx"]
        year = found.division.year
        return [*urls, *(reverse(name, args=[year]) for name in ("scores", "comparison"))]

    # Of a step in which nobody is looked for who acts for the unit.
    ScoreSheet.objects.update(state="settled", settled_total=1)
    few = [cost(url) for url in pages(cluster)]
    big = Category.objects.create(name="Cụm lớn")
    rows = [criteria.TreeRow(1, str(n), "Mục", TREE[0].kind, Decimal(1)) for n in range(50)]
    make_set(big, officer, rows=rows, total=Decimal(50), applies_from=2020, approver=leader)
    units = [make_unit(f"lon-{n}", f"UBND xã Lớn {n}", kind=Unit.Kind.COMMUNE) for n in range(30)]
    for year in range(2020, 2026):
        division = Division.objects.create(
            year=year, begins_on=date(year, 1, 1), ends_on=date(year, 12, 31), kinds=["commune"], state="draft"
        )
        clusters = [make_cluster(division, f"Cụm {n}", *units[n::5], category=big) for n in range(5)]
        Division.objects.filter(pk=division.pk).update(state="in_force", in_force_on=date(year, 2, 1), notice=notice)
        scoring.open_scoring(division, by=officer)
        ScoreSheet.objects.filter(membership__division=division).update(state="settled", settled_total=1, rank=1)
    found = Cluster.objects.select_related("division").get(pk=clusters[0].pk)
    assert [cost(url) for url in pages(found)] == few


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_charts_are_drawn_and_read_as_tables(opened, officer, leader, page, login):
    settle_all(opened, officer, {"Ba Sơn": "40", "Công Sơn": "50", "Đồng Đăng": "40", "Cao Lộc": "30"})
    login(page, officer)
    page.goto(reverse("cluster_charts", args=[opened.pk]))
    page.wait_for_selector("[data-chart=points-chart] svg")
    page.wait_for_selector("[data-chart=ranks-chart] svg")
    assert page.get_attribute("[data-chart=points-chart]", "aria-hidden") == "true"
    rows = page.locator("table").first.locator("tbody tr").all_inner_texts()
    assert rows[0].split("\t")[:2] == ["UBND xã Công Sơn", "50"]
    page.goto(reverse("comparison", args=[2026]))
    page.wait_for_selector("[data-chart=spread-chart] svg")
    assert "UBND xã Công Sơn" in page.inner_text("table")
