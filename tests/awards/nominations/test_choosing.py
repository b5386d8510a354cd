"""Who goes first among equals; one step with many; how long steps take."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import Nomination, Rating, Team
from awards.nominations import actions, choosing
from documents.models import Change
from documents.steps.refusing import Refused
from tests.awards.conftest import make_recipient

from .conftest import YEAR


@pytest.fixture
def many(propose, unit_officer):
    """Nominations of people of the unit, every second of them fit."""

    def make(number):
        found = []
        for n in range(number):
            row = make_recipient(name=f"Nguyễn Văn {n}", unit=unit_officer.unit, gender="female" if n % 2 else "male")
            Rating.objects.create(recipient=row, year=YEAR, level="excellent" if n % 2 else "failed")
            found.append(propose(row))
        return found

    return make


def test_each_is_refused_for_what_it_lacks_and_those_that_cannot_go_are_named(many, bring_to, officer, client_of):
    rows = many(4)
    bring_to("received")
    client = client_of(officer)
    answer = client.post(f"{reverse('act_on_nominations')}?nam=1", {"act": "refuse", "chon": [row.pk for row in rows]})
    shown = answer.content.decode()
    assert "Đã làm với 2 đề nghị; 2 đề nghị dưới đây giữ nguyên." in shown
    assert "hãy ghi lý do không khen" in shown
    states = dict(Nomination.objects.values_list("name", "state"))
    assert states == {f"Nguyễn Văn {n}": "in_file" if n % 2 else "refused" for n in range(4)}
    assert all("Điều 24" in row.refusal for row in Nomination.objects.filter(state="refused"))
    told = Change.objects.filter(what="refuse").values_list("of", "by")
    assert sorted(told) == [(row.pk, officer.pk) for row in rows if row.name in ("Nguyễn Văn 0", "Nguyễn Văn 2")]


def test_as_many_questions_for_many_as_for_few(many, bring_to, officer):
    rows = many(12)
    bring_to("received")

    def asked(chosen):
        with CaptureQueriesContext(connection) as found:
            outcome = choosing.take(
                "refuse", Nomination.objects.filter(pk__in=[row.pk for row in chosen]), by=officer, words="Hết chỉ tiêu"
            )
        assert len(outcome.done) == len(chosen)
        return len(found)

    assert asked(rows[:2]) == asked(rows[2:])
    assert set(Nomination.objects.values_list("refusal", "version")) == {("Hết chỉ tiêu", 2)}


def test_who_may_and_what_must_be_typed(many, bring_to, officer, unit_officer, client_of):
    rows = many(2)
    bring_to("received")
    posted = {"act": "refuse", "chon": [rows[0].pk]}
    assert client_of(unit_officer).post(reverse("act_on_nominations"), posted).status_code == 403
    chosen = Nomination.objects.filter(pk=rows[0].pk)
    with pytest.raises(Refused) as refused:
        choosing.take("accept", chosen, by=officer)
    assert refused.value.field == "reason"
    outcome = choosing.take("refuse", chosen, by=unit_officer, words="Không")
    assert [words for _, words in outcome.refused] == ["Việc «Không đề nghị khen» do Sở Nội vụ làm."]
    assert not Nomination.objects.filter(state="refused").exists()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"act": "accept", "words": " "}, "words"),
        ({"act": "", "words": "Đã đối chiếu"}, "act"),
        ({"act": "refuse", "words": "Hết chỉ tiêu", "chon": ["²", "9" * 25]}, "act"),
    ],
)
def test_what_lacks_stands_beside_its_field_and_what_was_ticked_stays(typed, field, many, bring_to, officer, client_of):
    row = many(1)[0]
    bring_to("received")
    answer = client_of(officer).post(reverse("act_on_nominations"), {"chon": [row.pk]} | typed)
    form = answer.context["act_form"]
    assert (answer.status_code, list(form.errors)) == (422, [field])
    assert form["words"].value() == typed["words"]
    assert ("checked" in answer.content.decode()) is ("chon" not in typed)


@pytest.mark.parametrize("year", ["²", "9" * 25, "x"])
def test_a_year_that_is_none_leaves_the_picture_as_it_is(year, officer, client_of):
    assert client_of(officer).get(reverse("durations"), {"nam": year}).status_code == 200


def test_women_direct_workers_and_collectives_of_many_women_go_first(propose, unit_officer, types):
    woman = make_recipient(name="Nông Thị A", unit=unit_officer.unit, gender="female", position_class="direct")
    man = make_recipient(name="Nông Văn B", unit=unit_officer.unit, gender="male", position_class="other")
    rows = [propose(woman), propose(man)]
    for name, women in (("Phòng C", 7), ("Phòng D", 6)):
        team = make_recipient("collective", name, unit=unit_officer.unit)
        Team.objects.create(recipient=team, year=YEAR, members=10, women=women)
        rows.append(propose(team, "TTLDTT"))
    assert list(choosing.preferences(rows).values()) == [["nữ", "trực tiếp"], [], ["tập thể nhiều nữ"], []]


def test_the_list_is_scoped_and_in_the_file_as_on_the_page(many, bring_to, officer, client_of, stranger):
    many(2)
    bring_to("received")
    page = client_of(officer).get(reverse("nominations"), {"kiem_tra": "co"})
    assert [row.name for row in page.context["page_obj"]] == ["Nguyễn Văn 1"]
    assert [row.preferred for row in page.context["page_obj"]] == [["nữ"]]
    assert client_of(officer).get(reverse("nominations"), {"xuat": "xlsx"}).status_code == 200
    assert not client_of(stranger).get(reverse("nominations")).context["page_obj"].object_list


def test_how_long_each_step_takes(many, bring_to, dossier, officer, client_of, unit_officer):
    many(2)
    bring_to("received")
    Change.objects.filter(what="submit").update(at=Change.objects.get(what="receive").at - timedelta(days=4))
    actions.appraise(dossier, by=officer)
    context = client_of(officer).get(reverse("durations")).context
    (of_files,) = context["tables"]
    assert [(step["words"], step["count"], round(step["mean"], 1)) for step in of_files[1]] == [
        ("Chờ tiếp nhận", 1, 4.0),
        ("Thẩm định", 1, 0.0),
    ]
    assert [(state.label, number) for state, number in context["standing"]] == [("Đã thẩm định", 1)]
    assert client_of(unit_officer).get(reverse("durations")).status_code == 403
