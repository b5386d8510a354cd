"""Items exchanged and given out again: who may, what must come first, and the ledger after each step."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from awards.handover.actions import hand_over, take_back
from awards.handover.rules import outstanding
from awards.issuing import correcting
from awards.models import Award, Due, HandoverLine, ItemCase, ItemKind, Movement, StockLine
from awards.returns import actions, papers
from awards.returns.actions import CASES
from awards.returns.models import OF_BATCH
from awards.returns.rules import due_on
from awards.stock.actions import enter
from documents.life import actions as life
from documents.life.issuing import issue
from documents.models import Change
from documents.steps.refusing import Refused
from tests.awards.conftest import give, make_recipient
from tests.awards.issuing.conftest import DAY
from tests.clusters.scores.test_two_at_once import at_once
from tests.walking import turns_of, walk
from units.models import Capacity, Official, Term

from .conftest import FACTS

BACK = {"day": f"{DAY:%d/%m/%Y}", "giver": "Lý Văn 0"}
MANAGERS = {"officer", "leader", "administrator"}
FROM = {
    "asked": ({"confirm", "refuse"}, {"take_old"}),
    "confirmed": ({"refuse"}, {"take_old"}),
    "granted": (set(), {"close"}),
    "done": (set(), set()),
    "refused": (set(), set()),
}


def on_hand():
    return dict(StockLine.objects.on_hand())


@pytest.mark.parametrize("state", FROM)
def test_who_may_do_what_with_a_case(state, asked, people, client_of):
    case = asked()
    ItemCase.objects.filter(pk=case.pk).update(state=state)
    own, store = FROM[state]
    walk(
        CASES, lambda: ItemCase.objects.select_related("award__type").get(pk=case.pk), turns_of(people), client_of,
        may={
            who: (own if who in MANAGERS else set()) | (store if who in MANAGERS | {"store_keeper"} else set())
            for who in people
        },
        typed={"confirm": {"archive": "Hộp 3"}, "take_old": BACK}, reasons={"refuse"}, but={"close", "unsend"},
        known=lambda row: Change.objects.filter(about="item_case", key=row.pk).count(),
    )  # fmt: skip


def test_what_is_exchanged_comes_back_is_written_off_and_goes_out_anew(
    asked, award, officer, store_keeper, kinds, other_unit, client_of
):
    before = on_hand()
    case = actions.confirm(asked("damaged", "khung-bang"), by=officer, archive="Hộp 3")
    with pytest.raises(Refused, match="chưa nhận lại Khung"):
        actions.grant(case, by=officer)
    case = actions.take_old(case, by=store_keeper, day=DAY, giver="Lý Văn 0", remark="Vỡ kính")
    due = award.dues.get(kind__code="khung-bang")
    assert (on_hand(), due.state) == (before, "back")
    sorts = list(Movement.objects.order_by("-pk").values_list("sort", flat=True)[:2])
    assert sorts == ["written_off", "back"]
    page = client_of(store_keeper).get(case.get_absolute_url())
    assert [row.sort for row in page.context["vouchers"]] == ["back", "written_off"]
    assert not Movement.objects.by_hand().filter(sort__in=sorts).exists()
    case = actions.grant(case, by=officer)
    due.refresh_from_db()
    assert (case.state, due.state) == ("granted", "short")
    enter("bought", {kinds["khung-bang"]: 3}, by=store_keeper, day=DAY, paper="Hóa đơn 2")
    due.refresh_from_db()
    assert due.state == "reserved"
    hand_over(other_unit, {due.pk: ""}, by=store_keeper, day=DAY, receiver="Nguyễn Thị Nhận")
    case.refresh_from_db()
    assert (case.state, case.done_on, on_hand()[kinds["khung-bang"].pk]) == (
        "done",
        DAY,
        before[kinds["khung-bang"].pk] + 2,
    )
    assert HandoverLine.objects.filter(due=due, returned=False).count() == 1
    assert asked("damaged", "khung-bang").state == "asked", "it may break again"


def test_what_was_lost_needs_no_old_one(asked, award, officer, store_keeper):
    case = actions.confirm(asked("lost", "khung-bang"), by=officer, archive="Hộp 3")
    assert "take_old" not in [step.what for step in CASES.offered(case, store_keeper)]
    case = actions.grant(case, by=officer)
    assert award.dues.get(kind__code="khung-bang").state == "short"
    assert "Báo mất" in HandoverLine.objects.get(due__kind__code="khung-bang", due__award=award).remark


def test_where_the_decision_was_wrong_it_is_corrected_first(asked, award, officer):
    case = asked("decision")
    with pytest.raises(Refused, match="đính chính trước"):
        actions.confirm(case, by=officer, archive="Hộp 3")
    Award.objects.filter(pk=award.pk).update(name="Lý Văn Ô")
    correcting.Correction.objects.create(
        award=award, name="Lý Văn Ô", name_before="Lý Văn 0", reason="Sai tên", number="9/QĐ-UBND", day=DAY, by=officer
    )
    assert actions.confirm(case, by=officer, archive="Hộp 3").state == "confirmed"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"applied_on": DAY + timedelta(days=1)}, "applied_on"),
        ({"applied_on": DAY - timedelta(days=1)}, "applied_on"),
    ],
)
def test_days_of_a_case_are_looked_at(asked, facts, field):
    with pytest.raises(Refused) as refused:
        asked(**facts)
    assert refused.value.field == field


def test_nothing_is_asked_twice_nor_of_what_was_cancelled_or_not_handed_over(asked, award, ready, officer):
    asked("damaged", "khung-bang")
    with pytest.raises(Refused, match="chưa xong"):
        asked("lost", "khung-bang")
    with pytest.raises(Refused, match="Chưa giao"):
        asked(of=ready(1)[0].award)
    Award.objects.filter(pk=award.pk).update(cancelled_on=DAY)
    with pytest.raises(Refused, match="không còn hiệu lực"):
        asked("lost", "bang-khen-tinh")


def test_the_answer_is_due_in_days_that_are_worked(asked):
    assert due_on("province", date(2026, 11, 20)) == date(2026, 12, 11)
    assert due_on("state", date(2025, 6, 20)) == date(2025, 7, 5)
    assert asked().due_on == date(2026, 12, 11)


@pytest.fixture
def of_state(kinds, officer, unit_officer, province):
    """An award of the State that was given before the store was kept here."""
    return give(make_recipient(unit=unit_officer.unit), "HCLD3", 2024, officer, number="99/QĐ-CTN")


def test_items_of_the_state_go_by_a_letter_with_its_list(
    of_state, officer, leader, clerk, store_keeper, client_of, so_noi_vu
):
    head = Official.objects.create(name="Hà Văn Mẫu")
    Term.objects.create(official=head, unit=so_noi_vu, post="Giám đốc", capacity=Capacity.OWN, since=date(2021, 1, 1))
    client = client_of(officer)
    page = reverse("new_item_case", args=[of_state.pk])
    words = [value for value, _ in client.get(page).context["form"].fields["kinds"].choices]
    assert "Huân chương" in words
    frame = str(ItemKind.objects.get(code="khung-bang").pk)
    typed = FACTS | {"why": "lost", "applied_on": f"{DAY:%d/%m/%Y}", "kinds": ["Huân chương", "Bằng", frame]}
    assert client.post(page, typed | {"kinds": ["Cúp"]}).status_code == 422
    assert client.post(page, typed).status_code == 302
    case = ItemCase.objects.get()
    assert {row.due.kind.source for row in case.items.all()} == {"state", "bought"}
    assert not outstanding(Due.objects.filter(award=of_state)).exists(), "it was presented in its day"
    case = actions.confirm(case, by=officer, archive="Hộp 3")
    with pytest.raises(Refused, match="gửi Bộ Nội vụ trước"):
        actions.grant(case, by=officer, answer="1/BNV")
    client.post(reverse("write_case_letter"), {"ho_so": [case.pk]})
    paper = OF_BATCH.of(ItemCase.objects.get(pk=case.pk).batch_id).get()
    assert "99/QĐ-CTN" in paper.body
    assert "Khung" not in paper.body, "it is bought here"
    assert "Danh sách đề nghị cấp lại" in paper.body
    with pytest.raises(Refused, match="đã có trong công văn khác"):
        papers.write_list([case.pk], by=officer)
    life.submit(paper, by=officer)
    issue(life.approve(paper, by=leader), by=clerk, day=DAY)
    case.refresh_from_db()
    assert (case.state, case.sent_on) == ("sent", DAY)
    case = actions.grant(case, by=officer, answer="Công văn 1/BNV")
    assert set(of_state.dues.values_list("state", flat=True)) == {"short"}


def test_a_unit_asks_for_its_own_by_pages_and_others_see_nothing(award, unit_officer, stranger, client_of):
    client, page = client_of(unit_officer), reverse("new_item_case", args=[award.pk])
    kind = award.dues.get(kind__code="khung-bang").kind
    typed = FACTS | {"why": "damaged", "applied_on": f"{DAY:%d/%m/%Y}"}
    assert client.post(page, typed).status_code == 422
    answer = client.post(page, typed | {"kinds": [kind.pk]})
    case = ItemCase.objects.get()
    assert answer["Location"] == case.get_absolute_url()
    assert client.get(case.get_absolute_url()).context["steps"] == []
    other = client_of(stranger)
    assert other.get(case.get_absolute_url()).status_code == 404
    assert other.get(page).status_code == 404
    assert client.get(reverse("item_cases"), {"ly_do": "damaged", "cap": "province"}).context["paginator"].count == 1
    assert client.get(reverse("item_cases"), {"ly_do": "lost"}).context["paginator"].count == 0
    assert client.get(reverse("item_cases"), {"xuat": "xlsx"}).status_code == 200


def test_what_came_back_another_way_is_not_taken_twice(asked, award, officer, store_keeper):
    case = actions.confirm(asked("damaged", "khung-bang"), by=officer, archive="Hộp 3")
    due = award.dues.get(kind__code="khung-bang")
    take_back(HandoverLine.objects.get(due=due).handover, [due.pk], by=store_keeper, day=DAY, reason="Nhầm")
    before = on_hand()
    with pytest.raises(Refused, match="đã giữ trong kho"):
        actions.take_old(case, by=store_keeper, day=DAY, giver="Lý Văn 0")
    assert on_hand() == before


def test_the_first_page_of_the_department_tells_what_waits(asked, officer, client_of):
    case = asked()
    assert "Cấp đổi, cấp lại hiện vật chờ giải quyết" in client_of(officer).get("/").content.decode()
    actions.refuse(case, by=officer, reason="Không đủ căn cứ")
    assert "Cấp đổi, cấp lại hiện vật chờ giải quyết" not in client_of(officer).get("/").content.decode()
    assert asked().state == "asked", "what was refused may be asked again"


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_for_the_same_item_one_does_and_of_two_who_grant_it_one_gives(
    asked, award, officer, leader, store_keeper
):
    found = at_once(lambda: asked("lost", "khung-bang"), lambda: asked("lost", "khung-bang", by=leader))
    assert sorted(isinstance(one, Refused) for one in found) == [False, True]
    case = actions.confirm(ItemCase.objects.get(), by=officer, archive="Hộp 3")
    found = at_once(lambda: actions.grant(case, by=officer), lambda: actions.grant(case, by=leader))
    assert sorted(isinstance(one, Refused) for one in found) == [False, True]
    assert award.dues.get(kind__code="khung-bang").state == "short"


def test_the_list_of_cases_asks_as_much_for_many_as_for_one(
    collected, asked, award, officer, client_of, django_assert_max_num_queries
):
    asked("damaged")
    client, counts = client_of(officer), []
    for others in ((), collected(4)):
        for other in others:
            asked("lost", of=other)
        client.get(reverse("item_cases"))
        with django_assert_max_num_queries(30) as found:
            client.get(reverse("item_cases"))
        counts.append(len(found))
    assert counts[0] == counts[1]
