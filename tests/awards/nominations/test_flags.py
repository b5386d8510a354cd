"""One flag a year: what else a collective is proposed for, and what it is looked at for where it does not get the higher one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards.models import Award, Dossier, Nomination
from awards.nominations import actions, checking, flags, lines
from documents.models import Change
from documents.steps.refusing import Refused
from tests.awards.conftest import give, make_recipient
from tests.conftest import make_unit
from tests.days import TODAY

from .conftest import YEAR

HIGH, LOW = "CTDCP", "CTDT"


@pytest.fixture
def unit(types, unit_officer):
    """The unit itself, as one that may be given flags."""
    return make_recipient("collective", "Sở Y tế", unit=unit_officer.unit, is_unit=True, may_receive_flags=True)


@pytest.fixture
def lost(unit, propose, bring_to, officer):
    """The flag of the Government was proposed in a file that was appraised, and is not given."""
    row = propose(unit, HIGH, votes_for=9, votes_of=9, deed="Dẫn đầu cụm")
    bring_to("received")
    lines.accept(row, by=officer, reason="Cụm suy tôn")
    actions.appraise(row.dossier, by=officer)
    return lines.refuse(row, by=officer, refusal="Thủ tướng không tặng")


def test_what_comes_instead_is_laid_down_or_typed(unit, propose, types):
    assert propose(unit, HIGH).fallback == types[LOW]
    assert propose(unit, LOW).fallback is None
    other = make_recipient("collective", "Phòng Mẫu", unit=unit.unit)
    assert propose(other, HIGH, fallback=types["TTLDXS"]).fallback == types["TTLDXS"]
    with pytest.raises(Refused) as refused:
        propose(other, LOW, fallback=types[LOW])
    assert refused.value.field == "fallback"


def test_both_in_one_file_are_told_of_with_the_article(unit, propose, dossier):
    high, low = propose(unit, HIGH), propose(unit, LOW)
    told = checking.doubts_about(dossier, [high, low])
    (words,) = [one for one in told[low.pk] if "một cờ" in one]
    assert words.startswith(
        "Mỗi năm một cờ thi đua: cũng được đề nghị “Cờ thi đua của Chính phủ”, đang ở bước «Trong hồ sơ» ("
    )
    assert "Điều 5" in words
    assert [one for one in told[high.pk] if "Cờ thi đua của Ủy ban nhân dân tỉnh" in one]


def test_what_another_unit_is_still_writing_is_not_told(unit, propose, unit_officer, types):
    row = propose(unit, HIGH)
    file = Dossier.objects.create(unit=make_unit("so-b", "Sở B"), year=YEAR, author=unit_officer)
    other = Nomination.objects.create(dossier=file, recipient=unit, type=types[LOW], position=1, name=unit.name)
    assert flags.others_of([row]) == {}
    Dossier.objects.update(state="submitted")
    assert len(flags.others_of([row])[row.pk]) == 1
    file.year = YEAR - 1
    file.save()
    assert flags.others_of([row]) == {}
    other.delete()


def test_one_that_was_given_stands_in_the_way(unit, propose, officer, dossier):
    row = propose(unit, LOW)
    give(unit, HIGH, YEAR, officer)
    (other,) = flags.others_of([row])[row.pk]
    assert other.bars
    assert "đã được tặng “Cờ thi đua của Chính phủ” theo" in other.words
    # For a movement it is another merit: a person decides.
    Award.objects.update(route="movement")
    assert not flags.others_of([row])[row.pk][0].bars
    Award.objects.update(cancelled_on=TODAY)
    assert flags.others_of([row]) == {}


def test_as_many_questions_for_many_as_for_two(unit, propose, officer, types):
    rows = [propose(unit, HIGH), propose(unit, LOW)]
    for n in range(6):
        one = make_recipient("collective", f"Phòng {n}", unit=unit.unit)
        rows += [propose(one, HIGH), propose(one, LOW)]

    def asked(chosen):
        with CaptureQueriesContext(connection) as found:
            assert len(flags.others_of(chosen)) == len(chosen)
        return len(found)

    assert asked(rows[:2]) == asked(rows) == 3
    with CaptureQueriesContext(connection) as found:
        flags.others_of([row for row in rows if not row.type.is_flag])
    assert len(found) == 0


def test_the_lower_one_is_looked_at_once_the_higher_one_is_lost(lost, officer, client_of, unit_officer):
    address = lost.get_absolute_url()
    page = client_of(officer).get(lost.dossier.get_absolute_url()).content.decode()
    assert "Không được, còn danh hiệu xét thay:" in page
    assert (
        "Không được, còn danh hiệu xét thay:"
        not in client_of(unit_officer).get(lost.dossier.get_absolute_url()).content.decode()
    )
    assert "Không được thì xét Cờ thi đua của Ủy ban nhân dân tỉnh." in client_of(officer).get(address).content.decode()
    lines.fall_back(lost, by=officer)
    new = Nomination.objects.get(in_place_of=lost)
    assert (new.type.code, new.state, new.deed, new.votes_for) == (LOW, "unfit", "Dẫn đầu cụm", None)
    assert "dẫn đầu cụm, khối do tỉnh tổ chức" in new.refusal
    assert Change.objects.filter(of=new.pk, what="nominate").count() == 1
    assert Change.objects.get(of=lost.pk, what="fall_back").changes["Xét thay"][1].startswith("Cờ thi đua của Ủy ban")
    # An officer may take it on all the same; nobody proposes it twice.
    lines.accept(new, by=officer, reason="Cụm suy tôn")
    assert Nomination.objects.get(pk=new.pk).state == "fit"
    with pytest.raises(Refused, match="đã được đề nghị trong hồ sơ"):
        lines.fall_back(lost, by=officer)
    assert not Nomination.objects.falling_back().exists()


def test_it_waits_on_the_first_page_and_in_the_list(lost, officer, client_of):
    assert list(Nomination.objects.falling_back()) == [lost]
    page = client_of(officer).get("/khen-thuong/de-nghi/", {"kiem_tra": "thay"})
    assert [row.pk for row in page.context["page_obj"]] == [lost.pk]
    assert "còn danh hiệu xét thay" in client_of(officer).get("/").content.decode()
    Nomination.objects.update(state="withdrawn")
    assert not Nomination.objects.falling_back().exists()


def test_while_the_file_is_appraised_it_stands_in_the_file(unit, propose, bring_to, officer):
    row = propose(unit, HIGH)
    bring_to("received")
    row = lines.refuse(row, by=officer, refusal="Cụm không suy tôn")
    lines.fall_back(row, by=officer)
    assert Nomination.objects.get(in_place_of=row).state == "in_file"
