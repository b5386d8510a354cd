"""Every step of a draft, of its rows and of the names in them, by every person; pages; a constant number of queries."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards.issuing import actions, lines, papers
from awards.issuing.models import NameCheck, Paper
from awards.models import Decision, Nomination
from documents.models import Change
from documents.steps.refusing import Refused
from tests.walking import turns_of, walk

from .conftest import DAY

MANAGERS, UNIT = {"officer", "leader", "administrator"}, {"unit_officer"}
# Who may take which step: of a draft, by how far it is; of a row, of a name, by what stands in it.
MAY = {
    "draft": {
        "edit_draft": MANAGERS,
        "ask_names": MANAGERS,
        "discard_draft": MANAGERS,
        "award": MANAGERS,
        "match": MANAGERS,
    },
    "written": {"award": MANAGERS, "match": MANAGERS},
    "issued": {},
}
ROW_MAY = {
    "draft": {"take_out": MANAGERS, "spell": MANAGERS},
    "died": {"take_out": MANAGERS, "spell": MANAGERS, "settle": MANAGERS},
    "other": {"take_out": MANAGERS, "spell": MANAGERS, "keep_name": MANAGERS},
    "written": {},
}
NAME_MAY = {
    "draft": {},
    "asked": {"confirm_name": UNIT, "ask_name": UNIT},
    "written": {},
}
EDITED = {"subject": "tặng Bằng khen", "day": "21/11/2026", "deed": "Có thành tích"}


def of_all(may, people):
    return {one: {what for what, found in may.items() if one in found} for one in people}


def of_decision(row):
    return Change.objects.filter(about="decision", key=row.pk).count()


def of_file(row):
    return Change.objects.filter(about="dossier", key=row.dossier_id).count()


@pytest.mark.parametrize("state", MAY)
def test_every_step_of_a_draft_by_every_person(state, passed, composed, issued, people, client_of, officer):
    decision = composed(passed())
    if state == "written":
        papers.draft(decision, Paper.DECISION, by=officer)
    if state == "issued":
        issued(decision)
    walk(
        actions.DRAFTS, lambda: Decision.objects.select_related("draft", "office", "unit").get(pk=decision.pk), turns_of(people),
        client_of, may=of_all(MAY[state], people), typed={"edit_draft": EDITED, "ask_names": {"until": "30/11/2026"}},
        known=of_decision, reasons=set(),
    )  # fmt: skip


def ready(state, row, decision, officer, unit_officer):
    """Bring a row of a draft to a state."""
    if state == "died":
        row.recipient.ended_on = date(2026, 5, 1)
        row.recipient.save()
    if state in ("other", "asked"):
        actions.ask_names(decision, by=officer, until=date(2026, 11, 30))
    if state == "other":
        lines.ask_name(row, by=unit_officer, name="Lý Văn A", post="", reason="Thiếu chữ đệm")
    if state == "written":
        papers.draft(decision, Paper.DECISION, by=officer)


def again(row):
    return lambda: Nomination.objects.select_related("dossier__unit", "decision__draft").get(pk=row.pk)


SPELT = {"name": "Lý Văn A", "post": "Chuyên viên"}


@pytest.mark.parametrize("state", ROW_MAY)
def test_every_step_of_a_row_by_every_person(state, passed, composed, people, client_of, officer, unit_officer):
    row = passed("Lý A")
    decision = composed(row)
    ready(state, again(row)(), decision, officer, unit_officer)
    walk(
        lines.ROWS, again(row), turns_of(people), client_of, may=of_all(ROW_MAY[state], people), typed={"spell": SPELT},
        known=of_file, reasons={"take_out", "settle", "keep_name"},
    )  # fmt: skip


@pytest.mark.parametrize("state", NAME_MAY)
def test_every_step_of_a_name_by_every_person(state, passed, composed, people, client_of, officer, unit_officer):
    row = passed("Lý A")
    decision = composed(row)
    ready(state, again(row)(), decision, officer, unit_officer)
    walk(
        lines.NAMES, again(row), turns_of(people), client_of, may=of_all(NAME_MAY[state], people),
        typed={"ask_name": SPELT}, known=of_file, reasons={"ask_name"},
    )  # fmt: skip


def test_a_unit_confirms_its_names_and_the_department_answers(
    passed, composed, officer, unit_officer, stranger, client_of
):
    rows = [passed("Lý A"), passed("Lý B"), passed("Lý C")]
    decision = composed(*rows)
    client = client_of(unit_officer)
    assert "Lý A" not in client.get("/khen-thuong/xac-nhan-ten/").content.decode()
    assert client.get(f"/khen-thuong/ra-quyet-dinh/dong/{rows[0].pk}/").status_code == 404
    actions.ask_names(decision, by=officer, until=date(2026, 11, 30))
    assert "Lý A" in client.get("/khen-thuong/xac-nhan-ten/").content.decode()
    assert "Lý A" not in client_of(stranger).get("/khen-thuong/xac-nhan-ten/").content.decode()
    assert client_of(stranger).get(f"/khen-thuong/ra-quyet-dinh/dong/{rows[0].pk}/").status_code == 404
    lines.ask_name(again(rows[0])(), by=unit_officer, name="Lý Văn A", post="Trưởng phòng", reason="Thiếu chữ đệm")
    with pytest.raises(Refused, match="đề nghị sửa tên chưa được trả lời"):
        papers.draft(decision, Paper.DECISION, by=officer)
    lines.spell(again(rows[0])(), by=officer, name="Lý Văn A", post="Trưởng phòng")
    answer = client.post("/khen-thuong/xac-nhan-ten/dung-het/", follow=True)
    assert "Đã xác nhận đúng 2 tên" in answer.content.decode()
    assert sorted(NameCheck.objects.values_list("state", flat=True)) == ["changed", "right", "right"]
    assert "Lý Văn A" in papers.draft(decision, Paper.DECISION, by=officer).appendices.get().body


def test_the_pages_take_one_from_waiting_to_its_paper(passed, province, officer, unit_officer, client_of):
    rows = [passed("Lý A"), passed("Lý B")]
    client = client_of(officer)
    assert "Lý B" in client.get("/khen-thuong/ra-quyet-dinh/").content.decode()
    assert client_of(unit_officer).get("/khen-thuong/ra-quyet-dinh/").status_code == 403
    answer = client.post("/khen-thuong/ra-quyet-dinh/lap/", {"chosen": [rows[0].pk], "day": "20/11/2026"}, follow=True)
    decision = Decision.objects.get()
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == f"/khen-thuong/ra-quyet-dinh/{decision.pk}/"
    assert "3.800.000 đồng" in page
    assert "Lý B" not in page
    assert client.get(f"/khen-thuong/quyet-dinh/{decision.pk}/sua/").status_code == 302
    assert client.get("/khen-thuong/quyet-dinh/").status_code == 200
    answer = client.post(f"/khen-thuong/ra-quyet-dinh/{decision.pk}/soan/decision/", follow=True)
    assert "Lý A" in answer.content.decode()
    assert client_of(unit_officer).get(f"/khen-thuong/ra-quyet-dinh/{decision.pk}/").status_code == 404


def test_a_result_that_came_is_entered_on_its_page(passed, composed, officer, client_of):
    first, second = passed("Lý A", "BKTTG"), passed("Lý B", "BKTTG")
    decision = composed(first, second)
    address = f"/khen-thuong/ra-quyet-dinh/{decision.pk}/ket-qua/"
    client = client_of(officer)
    assert client.get(address).status_code == 200
    typed = {"version": decision.version, "number": "700/QĐ-TTg", "day": "15/11/2026", "left": [second.pk]}
    answer = client.post(address, typed)
    assert answer.status_code == 422
    assert "Hãy ghi lý do với những dòng không được khen" in answer.content.decode()
    assert client.post(address, typed | {"reason": "Chưa đủ thời gian"}).status_code == 302
    decision.refresh_from_db()
    assert (decision.state, decision.number, decision.awards.get().name) == ("standing", "700/QĐ-TTg", "Lý A")


@pytest.mark.parametrize("what", ["draft", "compose", "paper", "issue"])
def test_a_long_decision_asks_no_more_than_a_short_one(what, passed, composed, approved, officer, clerk, client_of):
    counts = []
    # The first one finds nothing that is kept ready: the catalogue, kinds of items.
    for number in (1, 3, 30):
        rows = [passed(f"Nông {what} {number} {n}") for n in range(number)]
        with CaptureQueriesContext(connection) as composing:
            decision = composed(*rows)
        with CaptureQueriesContext(connection) as showing:
            client_of(officer).get(f"/khen-thuong/ra-quyet-dinh/{decision.pk}/")
        if what == "paper":
            with CaptureQueriesContext(connection) as writing:
                papers.draft(decision, Paper.DECISION, by=officer)
        if what == "issue":
            paper = approved(decision)
            with CaptureQueriesContext(connection) as giving:
                paper.issued_by, paper.state, paper.reference = clerk, "issued", f"{number}/QĐ-UBND"
                paper.year, paper.month, paper.day = DAY.year, DAY.month, DAY.day
                papers.hear(paper, "issued")
        counts.append(
            len({"draft": showing, "compose": composing}.get(what) or (writing if what == "paper" else giving))
        )
    assert counts[1] == counts[2]


def test_what_was_typed_and_ticked_stays_where_nothing_could_be_composed(passed, province, officer, client_of):
    first, second = passed("Lý A"), passed("Lý B")
    typed = {"chosen": [first.pk], "chosen-khac": f"{second.pk},x", "day": "mai", "deed": "Đã có công"}
    answer = client_of(officer).post("/khen-thuong/ra-quyet-dinh/lap/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Đã có công" in page
    assert f'value="{first.pk}" aria-label="Chọn Lý A" checked' in page
    nobody = client_of(officer).post("/khen-thuong/ra-quyet-dinh/lap/", {"day": "20/11/2026"})
    assert (nobody.status_code, "Hãy chọn ít nhất một đề nghị" in nobody.content.decode()) == (422, True)
    assert client_of(officer).post("/khen-thuong/ra-quyet-dinh/lap/", typed | {"day": "20/11/2026"}).status_code == 302
    assert set(Nomination.objects.values_list("state", flat=True)) == {"presented"}


def test_each_of_many_that_could_not_go_is_named_with_the_reason(passed, province, officer, client_of):
    rows = [passed(f"Lý {n}", state="refused", refusal="Không") for n in range(8)]
    typed = {"chosen": [passed("Lý A").pk, *(row.pk for row in rows)], "day": "20/11/2026"}
    page = client_of(officer).post("/khen-thuong/ra-quyet-dinh/lap/", typed).content.decode()
    assert "Đã lập 1 dự thảo quyết định" in page
    assert page.count("đang ở bước «Không khen»") == 8


def test_all_names_of_a_unit_are_confirmed_at_once_and_each_tells_it(passed, composed, officer, unit_officer, stranger):
    rows = [passed(f"Lý {n}") for n in range(9)]
    decision = composed(*rows)
    actions.ask_names(decision, by=officer, until=DAY)

    def asked(some):
        chosen = Nomination.objects.filter(pk__in=[row.pk for row in some])
        with CaptureQueriesContext(connection) as found:
            assert len(lines.confirm_all(chosen, by=unit_officer).done) == len(some)
        return len(found)

    asked(rows[:1])
    few = asked(rows[1:3])
    assert asked(rows[3:8]) == few
    assert set(NameCheck.objects.values_list("state", "by")) == {("right", unit_officer.pk)}
    told = Change.objects.filter(what="confirm_name").values_list("of", flat=True)
    assert sorted(told) == [row.pk for row in rows[:8]]
    words = Change.objects.filter(what="confirm_name").first().changes["Xác nhận tên"]
    assert words == ["", "Đơn vị xác nhận đúng"]
    every = Nomination.objects.filter(decision=decision)
    assert "do Sở Y tế" in lines.confirm_all(every, by=stranger).refused[0][1]
    outcome = lines.confirm_all(every, by=unit_officer)
    assert (len(outcome.done), outcome.refused[0][1]) == (1, "Vừa có người trả lời dòng này.")


def test_what_cannot_be_confirmed_is_named_on_the_page(passed, composed, approved, officer, unit_officer, client_of):
    decision = composed(passed("Lý A"))
    actions.ask_names(decision, by=officer, until=DAY)
    shown = client_of(unit_officer).post("/khen-thuong/xac-nhan-ten/dung-het/", follow=True).content.decode()
    assert "Đã xác nhận đúng 1 tên." in shown
    NameCheck.objects.all().delete()
    approved(decision)
    shown = client_of(unit_officer).post("/khen-thuong/xac-nhan-ten/dung-het/", follow=True).content.decode()
    assert "1 tên giữ nguyên: Lý A: Đã có" in shown
