"""Two records of one: merged with both histories in view, parted in any order, by two at once; pairs of the register."""

import itertools
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import Award, Double, Merge, Recipient
from awards.recipients import actions, doubles, merging, searching
from awards.recipients.merging import join, unmerge
from awards.records.facts import facts_of
from documents.jobs.working import enlist, work_once
from documents.models import Change, Job
from documents.steps.refusing import Refused, Stale
from tests.campaigns.conftest import at_once
from tests.exported import exported_rows

from ..conftest import give, make_recipient
from .conftest import MANAGERS, PEOPLE, enter, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def abc(db):
    """Three records of one person."""
    return [make_recipient(name=name) for name in ("Nông Thị An", "Nông Thị Ân", "Nông Thị Ấn")]


def merged(gone, kept, by):
    return join(fresh(kept), fresh(gone), by=by, reason="Cùng một người, theo lý lịch")


def parted(row, by):
    return unmerge(fresh(row), by=by, reason="Gộp nhầm")


def roots(rows):
    return [fresh(row).merged_into_id and rows.index(fresh(row).merged_into) for row in rows]


def test_what_was_merged_shows_as_so_and_both_names_find_it(client_of, officer, unit_officer, other_unit):
    kept = make_recipient(name="Lý Thị Hoa", unit=other_unit)
    gone = make_recipient(name="Lý Ngọc Bích", unit=other_unit, staff_code="YT-7")
    client = client_of(officer)
    address = f"{reverse('merge_recipient', args=[kept.pk])}?voi={gone.pk}"
    form = client.get(address).context["form"]
    typed = {
        "version": form["version"].value(),
        "gone_version": form["gone_version"].value(),
        "reason": "Đổi tên năm 2020",
    }
    assert client.post(address, typed | {"reason": " "}).status_code == 422
    assert client.post(address, typed).status_code == 302
    assert (fresh(gone).merged_into, fresh(gone).state, fresh(gone).version) == (kept, "merged", 2)
    for words in ("bich ngoc", "ly hoa", "yt-7"):
        assert Recipient.objects.main().matching(words).get() == kept
    page = client_of(unit_officer).get(reverse("recipient_facts", args=[gone.pk])).content.decode()
    assert "Đã gộp." in page
    assert "Lý Thị Hoa" in page
    told = list(Change.objects.filter(about="recipient").values_list("key", "what", "reason").order_by("pk"))
    assert told == [(gone.pk, "merged_into", "Đổi tên năm 2020"), (kept.pk, "merge", "Đổi tên năm 2020")]
    # A second record is edited no more, and cannot be merged again.
    with pytest.raises(Refused, match="đã được gộp"):
        actions.edit(fresh(gone), by=officer, typed=fresh(gone))
    with pytest.raises(Refused, match="trước rồi"):
        merged(gone, make_recipient(name="Khác"), officer)
    parted(gone, officer)
    assert fresh(gone).state == "main"
    assert Recipient.objects.main().matching("bich ngoc").get() == gone
    assert Merge.objects.get().undone_reason == "Gộp nhầm"


def test_nothing_moves_and_parting_gives_back_what_was(officer, types, abc):
    a, b, _ = abc
    give(a, "LDTT", 2023, officer)
    give(b, "LDTT", 2024, officer)
    before = list(Award.objects.values_list("pk", "recipient"))
    alone = facts_of([fresh(a)])[a.pk], facts_of([fresh(b)])[b.pk]
    merged(b, a, officer)
    assert [held.year for held in facts_of([fresh(a)])[a.pk].held] == [2023, 2024]
    parted(b, officer)
    assert (facts_of([fresh(a)])[a.pk], facts_of([fresh(b)])[b.pk]) == alone
    assert list(Award.objects.values_list("pk", "recipient")) == before


def test_a_chain_is_parted_in_any_order(officer, abc):
    a, b, c = abc
    merged(a, b, officer)
    merged(b, c, officer)
    assert roots(abc) == [2, 2, None]
    assert Merge.objects.get(gone=b).along == [a.pk]
    assert Recipient.objects.main().matching("nong an").count() == 1
    parted(b, officer)
    assert roots(abc) == [1, None, None]
    merged(b, c, officer)
    parted(a, officer)
    assert roots(abc) == [None, 2, None]
    parted(b, officer)
    assert roots(abc) == [None, None, None]


def test_whatever_order_a_tree_is_joined_and_parted_in_it_is_as_before(officer, db):
    rows = [make_recipient(name=f"Nông Thị {name}") for name in ("An", "Ba", "Chi", "Dung")]
    words = list(Recipient.objects.order_by("pk").values_list("search_text", flat=True))
    edges = [(0, 1), (1, 2), (3, 2)]
    for order in itertools.permutations(edges):
        for gone, kept in edges:
            merged(rows[gone], rows[kept], officer)
        assert roots(rows) == [2, 2, None, 2]
        for gone, _ in order:
            parted(rows[gone], officer)
        assert roots(rows) == [None] * 4
        assert list(Recipient.objects.order_by("pk").values_list("search_text", flat=True)) == words


def test_what_cannot_be_one(client_of, officer, other_unit, so_noi_vu):
    person, home = (
        make_recipient(name="Vi Văn An"),
        make_recipient("household", "Hộ gia đình Vi Văn An", head="Vi Văn An"),
    )
    units = [make_recipient("collective", unit.name, unit=unit, is_unit=True) for unit in (other_unit, so_noi_vu)]
    for kept, gone in ((person, home), (person, person), tuple(units)):
        with pytest.raises(Refused):
            merged(gone, kept, officer)
        answer = client_of(officer).get(f"{reverse('merge_recipient', args=[kept.pk])}?voi={gone.pk}")
        assert answer.status_code == 302
    assert not Merge.objects.exists()


def test_the_same_award_of_one_year_is_shown_before_merging(client_of, officer, types, abc):
    a, b, _ = abc
    for row, year in ((a, 2023), (a, 2024), (b, 2024)):
        give(row, "CSTDCS", year, officer)
    give(b, "LDTT", 2023, officer)
    answer = client_of(officer).get(f"{reverse('merge_recipient', args=[a.pk])}?voi={b.pk}")
    [entry] = answer.context["clashing"]
    assert entry.year == 2024
    assert "Chiến sĩ thi đua cơ sở" in entry.words
    assert "cùng có một khen thưởng của một năm" in answer.content.decode()
    assert answer.content.decode().count("cả hai cùng có") == 2
    Award.objects.filter(recipient=b, year=2024).update(cancelled_on=date(2025, 1, 2))
    assert client_of(officer).get(f"{reverse('merge_recipient', args=[a.pk])}?voi={b.pk}").context["clashing"] == []


def test_old_versions_of_either_are_refused(officer, abc):
    a, b, _ = abc
    for versions in ({"seen_version": 0}, {"gone_version": 0}):
        with pytest.raises(Stale):
            join(fresh(a), fresh(b), by=officer, reason="Một người", **versions)
    assert not Merge.objects.exists()


def test_only_the_department_merges(people, client_of, abc):
    a, b, _ = abc
    for who in PEOPLE:
        if who not in MANAGERS:
            with pytest.raises(Refused):
                merged(b, a, people[who])
            assert client_of(people[who]).get(reverse("merge_recipient", args=[a.pk])).status_code in (403, 404)
            for name in ("doubles", "find_identity"):
                assert client_of(people[who]).get(reverse(name)).status_code == 403


def test_another_record_to_merge_with_is_looked_for_by_name(client_of, officer, abc):
    answer = client_of(officer).get(reverse("merge_recipient", args=[abc[0].pk]))
    assert set(answer.context["rows"]) == set(abc[1:])


# --- Two at once


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_who_merge_one_pair_at_once_one_is_told(officer, leader, abc):
    a, b, _ = abc
    for other_way in (False, True, False, True, True):
        kept, gone = (b, a) if other_way else (a, b)
        told = at_once(
            lambda: join(fresh(a), fresh(b), by=officer, reason="Một người"),
            lambda: join(fresh(kept), fresh(gone), by=leader, reason="Một người"),  # noqa: B023
        )
        assert sum(isinstance(row, Refused) for row in told) == 1
        standing = Merge.objects.get(undone_at=None)
        assert fresh(standing.gone).merged_into == standing.kept
        assert fresh(standing.kept).merged_into is None
        parted(standing.gone, officer)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_one_merges_on_while_another_parts(officer, leader, abc):
    a, b, c = abc
    for _ in range(4):
        merged(a, b, officer)
        at_once(lambda: merged(b, c, officer), lambda: parted(a, leader))
        edges = dict(Merge.objects.filter(undone_at=None).values_list("gone", "kept"))
        assert edges[b.pk] == c.pk
        assert fresh(a).merged_into == (c if a.pk in edges else None)
        for row in (a, b):
            if row.pk in edges:
                parted(row, officer)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_three_in_a_ring_at_once_leave_no_ring(officer, abc):
    told = at_once(
        *(
            lambda gone=gone, kept=kept: merged(gone, kept, officer)
            for gone, kept in zip(abc, [*abc[1:], abc[0]], strict=True)
        )
    )
    assert any(isinstance(row, Refused) for row in told)
    assert None in roots(abc)


# --- Pairs of the whole register


def test_the_register_is_looked_through_in_the_background(client_of, officer, other_unit):
    twins = [make_recipient(name="Nông Thị Hòa", unit=other_unit), make_recipient(name="NÔNG THỊ HOÀ", unit=other_unit)]
    make_recipient(name="Vi Văn An", staff_code="YT-1"), make_recipient(name="Lý Thị Ba", staff_code="YT-1")
    make_recipient(name="Vi Văn An", staff_code="YT-2")
    client = client_of(officer)
    assert client.post(reverse("look_for_doubles")).status_code == 302
    client.post(reverse("look_for_doubles"))
    assert Job.objects.count() == 1
    assert work_once(enlist())
    job = Job.objects.get()
    assert (job.state, job.done, job.message) == ("done", job.total, "2 cặp chờ xem ở trang «Có thể trùng».")
    answer = client.get(reverse("doubles"))
    assert [(row.first.name, row.second.name) for row in answer.context["page_obj"]] == [
        ("Nông Thị Hòa", "NÔNG THỊ HOÀ"), ("Vi Văn An", "Lý Thị Ba"),
    ]  # fmt: skip
    assert "tên chỉ khác cách viết, cùng đơn vị" in answer.content.decode()
    assert len(exported_rows(client.get(reverse("doubles"), {"xuat": "xlsx"}))) == 2
    assert len(client.get(reverse("doubles"), {"don_vi": "y te", "q": "hoa"}).context["page_obj"]) == 1
    # A pair that is none any more goes; what was merged is none.
    merged(twins[1], twins[0], officer)
    assert len(client.get(reverse("doubles")).context["page_obj"]) == 1
    assert doubles.store_all() == 1
    assert Double.objects.count() == 1


def test_a_second_record_stands_for_the_first_among_pairs(officer, other_unit):
    kept, gone = (
        make_recipient(name="Lý Thị Hoa", unit=other_unit),
        make_recipient(name="Lý Ngọc Bích", unit=other_unit),
    )
    merged(gone, kept, officer)
    third = make_recipient(name="LÝ NGỌC BÍCH", unit=other_unit)
    assert [match.recipient for match in doubles.matches_of(third)] == [kept]
    assert doubles.store_all() == 1
    assert (Double.objects.get().first, Double.objects.get().second) == (kept, third)


def test_a_pair_is_dismissed_with_a_reason_and_looked_at_again(client_of, officer, unit_officer, other_unit):
    for name in ("Nông Thị Hòa", "Nông Thị Hoà"):
        make_recipient(name=name, unit=other_unit)
    doubles.store_all()
    pair, client = Double.objects.get(), client_of(officer)
    address = reverse("double_step", args=[pair.pk])
    typed = {"act": "dismiss_double", "version": 1, "reason": "Hai chị em họ"}
    assert client_of(unit_officer).post(address, typed).status_code == 403
    assert client.post(address, typed | {"reason": ""}).status_code == 422
    assert client.post(address, typed | {"version": 0}).status_code == 422
    assert client.post(address, typed).status_code == 302
    assert len(client.get(reverse("doubles")).context["page_obj"]) == 0
    assert len(client.get(reverse("doubles"), {"xem": "apart"}).context["page_obj"]) == 1
    assert "Hai chị em họ" in client.get(reverse("double", args=[pair.pk])).content.decode()
    assert doubles.store_all() == 0
    assert Double.objects.get().state == "apart"
    assert client.post(address, {"act": "reopen_double", "version": 2, "reason": "Xem lại"}).status_code == 302
    assert Double.objects.get().state == "open"


def test_pages_of_pairs_ask_the_same_few_questions(client_of, officer, other_unit, types):
    client = client_of(officer)

    def grow(count):
        for number in range(count):
            for name in ("Nông Thị Hòa", "Nông Thị Hoà"):
                row = make_recipient(name=name, unit=other_unit, began_on=date(1980, 1, 1 + number))
                give(row, "LDTT", 2020 + number, officer)
        doubles.store_all()

    def count(address):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    grow(1)
    addresses = [reverse("doubles"), reverse("double", args=[Double.objects.get().pk])]
    few = [count(address) for address in addresses]
    grow(5)
    assert [count(address) for address in addresses] == few


def test_looking_through_is_told_in_steps(monkeypatch, officer, other_unit):
    monkeypatch.setattr(searching, "_EVERY", 1)
    for number in range(4):
        make_recipient(name=f"Nông Thị {'ABCD'[number]}o", unit=other_unit)
    told = []
    doubles.store_all(told.append)
    assert told == [1, 2, 3, 4]


def test_a_merge_that_is_no_step_of_who_asks_changes_nothing(stranger, abc):
    with pytest.raises(Refused):
        merging.merge(fresh(abc[0]), by=stranger, reason="x", gone=abc[1])
    with pytest.raises(Refused):
        enter(stranger)
