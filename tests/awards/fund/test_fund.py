"""Prizes that are owed, paid together, taken back; the ledger, whose lines stay; sums equal to those of SQL."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.decisions import cancelling, returns
from awards.fund import actions
from awards.fund.figures import balances, table_five
from awards.issuing import actions as decisions
from awards.models import Award, Budget, Head, LedgerEntry, Payment
from documents.models import Change
from documents.steps.refusing import Refused
from tests.awards.issuing.conftest import DAY
from tests.walking import turns_of, walk
from units.models import Unit

PAID = {"day": DAY, "paid_to": "Sở Y tế", "voucher": "PC 12"}
MANAGERS = {"officer", "leader", "administrator"}


def line(code, amount, by, day=DAY, words="Một dòng"):
    return actions.enter(LedgerEntry(day=day, head=Head.objects.get(code=code), amount=amount, words=words), by=by)


def test_an_issued_decision_owes_each_prize(owed):
    rows = owed(2)
    assert [(row.state, row.payer, row.payer_unit.name, row.amount) for row in rows] == [
        ("due", "own", "UBND tỉnh Lạng Sơn", 3_800_000)
    ] * 2
    assert "1,5 × 2.530.000" in rows[0].steps


def test_many_paid_at_once_are_one_line_of_the_ledger(owed, officer):
    rows = owed(3)
    (made,) = actions.pay([row.pk for row in rows], by=officer, **PAID)
    assert (made.amount, made.head.code, made.voucher, made.payments.count()) == (
        11_400_000,
        "province-prizes",
        "PC 12",
        3,
    )
    assert set(Payment.objects.values_list("state", "paid_on", "paid_to", "version")) == {("paid", DAY, "Sở Y tế", 2)}
    assert Change.objects.filter(about="payment", what="pay").count() == 3
    with pytest.raises(Refused, match=r"Lý Văn 0 \(đã chi\)"):
        actions.pay([rows[0].pk], by=officer, **PAID)


def test_of_cancelled_ones_and_of_days_to_come_none_is_paid(owed, officer):
    rows = owed(2)
    Award.objects.filter(pk=rows[1].award_id).update(cancelled_on=DAY, cancelled_by="theo QĐ 1")
    with pytest.raises(Refused, match=r"Lý Văn 1 \(đã hủy khen thưởng\)"):
        actions.pay([row.pk for row in rows], by=officer, **PAID)
    with pytest.raises(Refused, match="chưa đến"):
        actions.pay([rows[0].pk], by=officer, **PAID | {"day": date(2026, 12, 1)})
    with pytest.raises(Refused, match="sau ngày chi"):
        actions.pay([rows[0].pk], by=officer, **PAID | {"day": date(2026, 11, 1)})
    assert not LedgerEntry.objects.exists()


def test_what_was_paid_by_mistake_is_a_line_more(owed, officer):
    rows = owed(2)
    actions.pay([row.pk for row in rows], by=officer, **PAID)
    actions.unpay(rows[0], by=officer, reason="Ghi nhầm")
    assert list(LedgerEntry.objects.order_by("pk").values_list("amount", flat=True)) == [7_600_000, -3_800_000]
    assert Payment.objects.get(pk=rows[0].pk).state == "due"


def test_a_line_is_mended_by_a_line_once(heads, officer):
    first = line("budget", 700_000_000, officer)
    made = actions.mend(first, by=officer, amount=710_000_000, reason="Gõ thiếu")
    assert (made.amount, made.mends) == (10_000_000, first)
    with pytest.raises(Refused, match="đã điều chỉnh"):
        actions.mend(first, by=officer, amount=1, reason="Nữa")
    with pytest.raises(Refused, match="không sửa được"):
        first.save()


def test_the_table_of_a_year_is_what_sql_sums(owed, officer):
    rows = owed(3)
    actions.pay([rows[0].pk, rows[1].pk], by=officer, **PAID)
    line("budget", 700_000_000, officer)
    line("gifts", 20_000_000, officer)
    line("items", 42_600_000, officer)
    line("budget", 5, officer, day=date(2025, 12, 31))
    actions.mend(LedgerEntry.objects.get(head__code="items"), by=officer, amount=40_000_000, reason="Nhầm")
    actions.budget(2026, {Head.objects.get(code="regular").pk: 72_000_000_000}, by=officer)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = table_five(2026)
    assert len(queries) == 2
    whole = dict(zip((column.number for column in found.layout.columns), found.lines[-1].counts, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT h.side, SUM(e.amount) FROM awards_ledgerentry e JOIN awards_head h ON h.id = e.head_id "
            "WHERE e.day BETWEEN '2026-01-01' AND '2026-12-31' GROUP BY h.side"
        )
        sums = {side: int(total) for side, total in cursor.fetchall()}
    assert sums == {"income": 720_000_000, "spending": 47_600_000}
    assert (whole["3"] * 10**6, whole["5"] * 10**6) == (sums["income"], sums["spending"])
    assert (whole["7"], whole["10"]) == (Decimal("7.6"), 40)
    assert found.lines[-1].cells(found.layout)[2] == "47,6"
    assert found.lines[-1].cells(found.layout)[1] == "1%"
    assert found.faults == []
    planned = {row.head.code: (row.planned, row.done) for row in balances(2026)}
    assert planned["budget"] == (None, 700_000_000)


def test_a_budget_is_stored_head_by_head_and_told(heads, officer, unit_officer, client_of):
    head = Head.objects.get(code="items")
    answer = client_of(officer).post("/khen-thuong/quy/2026/du-toan/", {f"head-{head.pk}": "1000000"})
    assert answer.status_code == 302
    assert Budget.objects.get().amount == 1_000_000
    assert "1.000.000" in client_of(officer).get("/khen-thuong/quy/2026/").content.decode()
    client_of(officer).post("/khen-thuong/quy/2026/du-toan/", {f"head-{head.pk}": ""})
    assert not Budget.objects.exists()
    assert client_of(unit_officer).get("/khen-thuong/quy/2026/").status_code == 403
    with pytest.raises(Refused):
        actions.budget(2026, {head.pk: 5}, by=unit_officer)


def test_a_unit_reads_its_own_prizes_alone(owed, unit_officer, stranger, officer, client_of):
    (row, *_) = owed(2)
    assert "Lý Văn 0" in client_of(unit_officer).get("/khen-thuong/tien-thuong/").content.decode()
    assert client_of(unit_officer).get(row.get_absolute_url()).status_code == 200
    assert "Lý Văn 0" not in client_of(stranger).get("/khen-thuong/tien-thuong/").content.decode()
    assert client_of(stranger).get(row.get_absolute_url()).status_code == 404
    typed = {"all": "on", "day": "20/11/2026", "paid_to": "Sở Y tế", "voucher": "UNC 5"}
    answer = client_of(officer).post("/khen-thuong/tien-thuong/chi/?state=due", typed, follow=True)
    assert "Đã ghi chi 2 khoản, 7.600.000 đồng (bảy triệu sáu trăm nghìn đồng)" in answer.content.decode()


@pytest.mark.parametrize("state", ["due", "paid", "waived"])
def test_every_step_of_a_payment_by_every_person(state, owed, officer, people, client_of):
    (row,) = owed(1)
    if state == "paid":
        actions.pay([row.pk], by=officer, **PAID)
    if state == "waived":
        actions.waive(row, by=officer, reason="Từ chối nhận")
    steps = {"due": {"waive"}, "paid": {"unpay"}, "waived": {"unwaive"}}[state]
    may = {who: steps if who in MANAGERS else set() for who in people}
    walk(
        actions.PAYMENTS, lambda: Payment.objects.select_related("award").get(pk=row.pk), turns_of(people), client_of, may=may,
        typed={}, known=lambda row: Change.objects.filter(about="payment", key=row.pk).count(),
        reasons={"waive", "unpay", "unwaive"},
    )  # fmt: skip


@pytest.mark.parametrize("address", ["/khen-thuong/tien-thuong/", "/khen-thuong/tien-thuong/?xuat=xlsx"])
def test_a_long_list_asks_no_more_than_a_short_one(address, owed, officer, client_of, passed, composed, issued):
    client, counts = client_of(officer), []
    for number in (3, 27):
        issued(composed(*(passed(f"Nông {number} {n}") for n in range(number))))
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
            b"".join(answer) if answer.streaming else answer.content
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert Unit.objects.exists()


def test_each_list_goes_out_as_excel(passed, composed, issued, heads, officer, unit_officer, client_of):
    issued(composed(passed("Lý A")))
    line("budget", 7_000_000, officer)
    decision = composed(passed("Lý B"))
    decisions.ask_names(decision, by=officer, until=DAY)
    passed("Lý C")
    draft, names = f"/khen-thuong/ra-quyet-dinh/{decision.pk}/", "/khen-thuong/xac-nhan-ten/"
    for user, address, words in [
        (officer, "/khen-thuong/ra-quyet-dinh/", "Lý C"),
        (officer, draft, "Lý B"),
        (officer, draft, 3_800_000),
        (unit_officer, names, "Lý B"),
        (officer, "/khen-thuong/tien-thuong/", 3_800_000),
        (officer, "/khen-thuong/quy/so/", 7_000_000),
    ]:
        answer = client_of(user).get(f"{address}?xuat=xlsx")
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        assert words in [cell.value for row in sheet.iter_rows() for cell in row], address


def test_what_is_wrong_with_a_payment_stands_beside_its_field_and_what_was_typed_stays(owed, officer, client_of):
    first, second = owed(2)
    typed = {"chosen": [second.pk], "day": "20/11/2030", "paid_to": "Sở Y tế nhận", "voucher": ""}
    answer = client_of(officer).post("/khen-thuong/tien-thuong/chi/?state=due", typed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["voucher"]
    page = answer.content.decode()
    assert "Sở Y tế nhận" in page
    assert f'value="{second.pk}" aria-label="Chọn Lý Văn 1" checked' in page
    assert f'value="{first.pk}" aria-label="Chọn Lý Văn 0">' in page
    answer = client_of(officer).post("/khen-thuong/tien-thuong/chi/", typed | {"voucher": "PC 1"})
    assert "chưa đến" in answer.context["form"].errors["day"][0]
    del typed["chosen"]
    answer = client_of(officer).post("/khen-thuong/tien-thuong/chi/", typed | {"voucher": "PC 1", "day": "20/11/2026"})
    assert "đánh dấu" in answer.context["form"].errors["all"][0]
    assert not LedgerEntry.objects.exists()


def test_an_award_that_was_cancelled_is_owed_nothing(owed, officer, client_of):
    rows = owed(2)
    Award.objects.filter(pk=rows[1].award_id).update(cancelled_on=DAY, cancelled_by="theo QĐ 1")
    page = client_of(officer).get("/khen-thuong/tien-thuong/").context
    assert (page["due"], page["due_words"]) == ("3.800.000", "Ba triệu tám trăm nghìn đồng")
    assert [str(row.standing.label) for row in page["page_obj"]] == ["Chưa chi", "Không chi: khen thưởng đã hủy"]
    seen = client_of(officer).get("/khen-thuong/tien-thuong/?state=due").context["page_obj"].object_list
    assert [row.pk for row in seen] == [rows[0].pk]
    typed = {"all": "on", "day": "20/11/2026", "paid_to": "Sở Y tế", "voucher": "UNC 5"}
    client_of(officer).post("/khen-thuong/tien-thuong/chi/", typed)
    assert set(Payment.objects.filter(state="paid")) == {rows[0]}


def test_what_waits_longest_is_found_and_the_accountant_gets_figures(owed, officer, client_of):
    rows = owed(2)
    Award.objects.filter(pk=rows[1].award_id).update(decided_on=date(2026, 10, 1))
    client = client_of(officer)
    seen = client.get("/khen-thuong/tien-thuong/?cho=50").context["page_obj"].object_list
    assert [(row.pk, row.waits) for row in seen] == [(rows[1].pk, 50)]
    answer = client.get("/khen-thuong/tien-thuong/?xuat=xlsx")
    cells = [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active]
    words = "Chưa chi: 7.600.000 đồng (bảy triệu sáu trăm nghìn đồng)"
    assert any(words in str(value) for line in cells for value in line)
    head = next(line for line in cells if "Số tiền (đồng)" in line)
    money, days = head.index("Số tiền (đồng)"), head.index("Số ngày chưa chi")
    told = [(line[money], line[days]) for line in cells[cells.index(head) + 1 :] if line[money]]
    assert sorted(told) == [(3_800_000, 0), (3_800_000, 50)]


def test_money_that_comes_back_is_income_of_the_fund(owed, officer):
    paid, unpaid = owed(2)
    actions.pay([paid.pk], by=officer, **PAID)
    told = {"number": "9/QĐ", "day": DAY, "ground": "forged", "reason": "Sai"}
    backs = {"backs": lambda awards: {award.pk: (1000, "") for award in awards}}
    keys = [paid.award_id, unpaid.award_id]
    cancelling.take_all(paid.award.decision, keys, "cancel", by=officer, **told, **backs)
    back = {"day": DAY, "giver": "Lý Văn", "paper": "Giấy nộp tiền số 4"}
    returns.take_back(paid.award, by=officer, amount=600, **back)
    returns.take_back(unpaid.award, by=officer, amount=1000, **back)
    returns.take_back(paid.award, by=officer, amount=400, **back)
    returns.undo_return(paid.award, by=officer, reason="Nhầm")
    lines = LedgerEntry.objects.filter(head__code="returned").order_by("pk")
    assert list(lines.values_list("amount", flat=True)) == [600, 400, -400]
    assert set(lines.values_list("voucher", flat=True)) == {"Giấy nộp tiền số 4"}
    assert lines.last().words == "Điều chỉnh: ghi nhầm. Thu hồi tiền thưởng của Lý Văn 0"


def test_what_came_back_into_the_fund_was_paid(owed, officer):
    (paid,) = owed(1)
    actions.pay([paid.pk], by=officer, **PAID)
    told = {"number": "9/QĐ", "day": DAY, "ground": "forged", "reason": "Sai"}
    backs = {"backs": lambda awards: {award.pk: (1000, "") for award in awards}}
    cancelling.take_all(paid.award.decision, [paid.award_id], "cancel", by=officer, **told, **backs)
    returns.take_back(paid.award, by=officer, amount=1000, day=DAY, giver="Lý Văn", paper="Giấy nộp tiền số 4")
    with pytest.raises(Refused, match="Hãy gỡ việc thu hồi"):
        actions.unpay(paid, by=officer, reason="Nhầm")
    assert LedgerEntry.objects.count() == 2
    returns.undo_return(paid.award, by=officer, reason="Nhầm")
    actions.unpay(paid, by=officer, reason="Nhầm")
    assert sum(LedgerEntry.objects.values_list("amount", flat=True)) == 0


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("enter_ledger", {"amount": "9" * 18}),
        ("enter_ledger", {"day": "01/01/1999"}),
        ("fund_budget", {"head": "9" * 30}),
    ],
)
def test_sums_and_days_that_no_table_holds_are_told_beside_their_field(name, typed, heads, officer, client_of):
    head = Head.objects.filter(side="spending").first()
    facts = {"day": f"{DAY:%d/%m/%Y}", "head": head.pk, "amount": "1000", "words": "Mua khung"} | typed
    field = next(iter(typed))
    if name == "fund_budget":
        field = f"head-{head.pk}"
        facts = {field: typed["head"]}
    address = reverse(name, args=[2026] if name == "fund_budget" else [])
    answer = client_of(officer).post(address, facts)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not LedgerEntry.objects.exists()
