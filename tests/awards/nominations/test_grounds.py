"""Every ground of commendation opens with what it asks for; the same deed twice, also on another ground; who is paused."""

from datetime import date

import pytest

from awards.catalogue import book
from awards.catalogue.law import Catalogue, Row
from awards.models import AwardType, Dossier, Nomination, Pause, Registration, Stamp, Statement
from awards.nominations import actions, checking, lines
from awards.nominations.checklist import checklist_of
from documents.steps.refusing import Refused
from tests.awards.conftest import give, make_recipient
from tests.campaigns.conftest import make_campaign
from tests.conftest import make_unit
from tests.days import TODAY

from .conftest import YEAR

SUBMISSION, REPORT = "Tờ trình đề nghị xét tặng hình thức khen thưởng", "Báo cáo thành tích của cá nhân, tập thể"
MINUTES, OPINION = "Biên bản xét khen thưởng", "Ý kiến của cơ quan trung ương có liên quan hoặc Ủy ban nhân dân tỉnh"
PROOF = (
    "Chứng nhận, xác nhận, nếu là thành tích đặc biệt xuất sắc đột xuất, đóng góp lớn, từ thiện, phát minh, sáng chế, "
    "tác phẩm"
)
FULL = {SUBMISSION, REPORT, MINUTES}


@pytest.mark.parametrize(
    ("route", "code", "fields", "asked"),
    [
        ("merit", "BKT", {}, FULL | {PROOF}),
        ("movement", "BKT", {}, FULL),
        ("theme", "BKT", {}, FULL | {PROOF}),
        ("deed", "BKT", {"deed_on": date(YEAR, 5, 1)}, FULL | {PROOF}),
        ("deed", "BKT", {"deed_on": date(YEAR, 5, 1), "is_simple": True}, {SUBMISSION, REPORT, PROOF}),
        ("service", "HCLD1", {"is_simple": True}, {SUBMISSION, REPORT, OPINION}),
        ("tenure", "HCCSVV1", {"is_simple": True}, {SUBMISSION, REPORT, OPINION}),
        ("foreign", "HCHN", {"is_simple": True}, {SUBMISSION, REPORT, OPINION}),
        ("foreign", "HCHN", {}, FULL | {OPINION}),
        ("resistance", "BKTTG", {}, FULL | {OPINION}),
        ("contribution", "BKT", {}, FULL | {PROOF}),
    ],
)
def test_what_each_ground_asks_for(unit_officer, good, types, route, code, fields, asked):
    file = actions.save(Dossier(route=route, year=YEAR, **fields), by=unit_officer)
    lines.nominate(Nomination(dossier=file, recipient=good, type=types[code]), by=unit_officer)
    assert {line.words for line in checklist_of(file, date(2026, 11, 1))} == asked


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"route": "merit", "is_simple": True}, "is_simple"),
        ({"route": "movement", "is_simple": True}, "is_simple"),
        ({"route": "deed"}, "deed_on"),
        ({"route": "deed", "deed_on": date(2099, 1, 1)}, "deed_on"),
        ({"year": 2099}, "year"),
        ({"first_year": YEAR + 1}, "first_year"),
        ({"year": 1}, "year"),
        ({"first_year": 0}, "first_year"),
        ({"route": "deed", "deed_on": date(1, 1, 1)}, "deed_on"),
    ],
)
def test_files_that_cannot_be(unit_officer, types, fields, field):
    with pytest.raises(Refused) as refused:
        actions.save(Dossier(**{"year": YEAR} | fields), by=unit_officer)
    assert refused.value.field == field


def test_a_movement_is_for_a_file_of_movements_alone(unit_officer, types, officer):
    campaign = make_campaign(officer.unit, officer)
    with pytest.raises(Refused, match="loại hình là «Phong trào thi đua, chuyên đề»") as refused:
        actions.save(Dossier(year=YEAR, campaign=campaign), by=unit_officer)
    assert refused.value.field == "campaign"
    assert actions.save(Dossier(year=YEAR, route="movement", campaign=campaign), by=unit_officer).pk


def test_the_same_person_in_several_files_is_told_once_each_kind(good, propose, dossier, unit_officer, types):
    row = propose(good, "BKT")
    for route in ("merit", "merit", "deed"):
        file = Dossier.objects.create(unit=dossier.unit, route=route, year=YEAR, author=unit_officer, state="submitted")
        Nomination.objects.create(dossier=file, recipient=good, type=types["BKT"], position=1, name=good.name)
    assert checking.doubts_about(dossier, [row])[row.pk] == [
        "Cũng được đề nghị ở 02 hồ sơ công trạng (thường xuyên) của Sở Y tế.",
        "Cũng được đề nghị ở hồ sơ đột xuất của Sở Y tế.",
    ]


def test_what_was_given_on_another_ground_is_told(good, propose, dossier, officer):
    row = propose(good, "BKT")
    award = give(good, "BKT", YEAR, officer, route="deed", deed="Cứu người")
    (words,) = checking.doubts_about(dossier, [row])[row.pk]
    assert words.startswith(f"Năm {YEAR} đã được khen hình thức này (đột xuất) theo ")
    assert words.endswith("xem có cùng thành tích không.")
    award.route = "merit"  # the check itself says so
    award.save()
    assert not checking.doubts_about(dossier, [row]).get(row.pk)
    assert checking.judged(dossier, [row])[row.pk].met is False


def test_who_is_under_a_complaint_stops_unless_a_person_says_why(good, propose, bring_to, officer):
    row = propose(good)
    Pause.objects.create(recipient=good, kind="complaint", since=date(YEAR, 1, 1), paper="Đơn số 5")
    bring_to("appraised")
    row.refresh_from_db()
    assert row.state == "unfit"
    assert "chờ hết thời gian tạm dừng" in row.refusal
    lines.accept(row, by=officer, reason="Đã có kết luận không vi phạm")
    row.refresh_from_db()
    assert row.state == "fit"


def test_who_died_moved_or_is_called_otherwise_is_shown_and_not_thrown_out(
    good, propose, dossier, client_of, unit_officer, other_unit
):
    row = propose(good)
    good.name, good.ended_on, good.unit = "Nông Thị Mới", TODAY, make_unit("so-b", "Sở B")
    good.save()
    row = checking.rows_of(dossier).get()
    told = checking.doubts_about(dossier, [row])[row.pk]
    assert told[-3:] == [
        f"Đã mất ngày {TODAY:%d/%m/%Y}.",
        "Tên hiện nay: Nông Thị Mới.",
        "Đơn vị hiện nay: Sở B.",
    ]
    page = client_of(unit_officer).get(dossier.get_absolute_url()).content.decode()
    assert all(words in page for words in told)
    assert row.state == "in_file"


def test_a_title_that_nobody_registered_is_a_doubt_that_the_offices_rule_makes_more_of(
    good, propose, bring_to, dossier, officer, types, plain_catalogue, monkeypatch, other_unit, stranger
):
    row = propose(good)
    assert not checking.doubts_about(dossier, [row]).get(row.pk)
    # Another unit registered: this one, too, could have.
    sent = Registration.objects.create(unit=other_unit, year=YEAR, by=stranger, state="sent", sent_on=date(YEAR, 1, 9))
    doubt = f"Chưa đăng ký danh hiệu này cho năm {YEAR}"
    assert not checking.doubts_about(dossier, [row]).get(row.pk)
    sent.aims.create(recipient=make_recipient(unit=other_unit), type=types["LDTT"])
    assert checking.doubts_about(dossier, [row])[row.pk] == [f"{doubt}."]
    bring_to("received")
    rule = Row(
        "other",
        "*",
        "*",
        "",
        "Phải đăng ký",
        date(2020, 1, 1),
        None,
        None,
        "Quy chế mẫu",
        more={"code": "office-registered"},
    )
    ruled = Catalogue([*plain_catalogue.rows, rule], plain_catalogue.texts, plain_catalogue.criteria)
    monkeypatch.setattr(book, "_known", {Stamp.current(): ruled})
    assert checking.doubts_about(dossier, [row])[row.pk] == [f"{doubt}; vẫn đề nghị thì ghi lý do (Quy chế mẫu)."]
    actions.appraise(dossier, by=officer)
    row.refresh_from_db()
    assert (row.state, row.refusal) == ("unfit", f"{doubt} (Quy chế mẫu)")
    lines.accept(row, by=officer, reason="Về đơn vị giữa năm")
    assert Nomination.objects.get().state == "fit"
    sent.aims.create(recipient=good, type=types["LDTT"])
    assert checking.barred(dossier, [row]) == {}


def test_what_the_office_adds_is_asked_for_its_grounds_and_its_recipients(catalogue, unit_officer):
    types = {row.code: row for row in AwardType.objects.filter(code="BKT")}
    rows = [("Tóm tắt thành tích", "deed"), ("Xác nhận thuế", "collective"), ("Ảnh", "deed, person"), ("Phiếu", "")]
    for words, routes in rows:
        Statement.objects.create(
            kind="dossier", award=types["BKT"], words=words, routes=routes, since=date(2020, 1, 1), place="Quy chế"
        )
    person = make_recipient(name="Lý Thị Mẫu", unit=unit_officer.unit)
    found = {}
    for route, day in (("merit", None), ("deed", date(YEAR, 5, 1))):
        file = actions.save(Dossier(route=route, year=YEAR, deed_on=day), by=unit_officer)
        lines.nominate(Nomination(dossier=file, recipient=person, type=types["BKT"]), by=unit_officer)
        found[route] = {line.words for line in checklist_of(file)} & {words for words, _ in rows}
    assert found == {"merit": {"Phiếu"}, "deed": {"Tóm tắt thành tích", "Ảnh", "Phiếu"}}
