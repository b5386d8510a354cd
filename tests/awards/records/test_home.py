"""Where the recipient of an award is, which its row keeps so that a unit's are found: it is so after whatever happens."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial

import pytest
from django.db import DatabaseError, connections, transaction
from django.db.models import F

from awards.decisions import actions, cancelling
from awards.models import Award, Decision, Recipient
from awards.recipients import actions as recipients
from awards.recipients.merging import join, unmerge
from tests.awards.decisions.lists import begun
from tests.campaigns.conftest import at_once
from tests.conftest import make_unit, make_user
from units.models import Role, Unit

from ..conftest import give, make_recipient


@pytest.fixture
def department(so_noi_vu):
    return so_noi_vu


@pytest.fixture
def commune(db):
    return make_unit("xa-ba-son", "UBND xã Ba Sơn", kind=Unit.Kind.COMMUNE)


@pytest.fixture
def of_commune(commune):
    return make_user("xa", "Lý Văn Xã", Role.UNIT_OFFICER, commune)


def right():
    """Whether all that is kept is so."""
    elsewhere = Award.objects.exclude(home=None)
    assert not elsewhere.exclude(home=F("recipient__unit")).exists()
    assert not elsewhere.filter(home=F("unit")).exists()
    unseen = Award.objects.filter(home=None).exclude(recipient__unit=None)
    assert all(award.unit_id == award.recipient.unit_id for award in unseen.select_related("recipient"))
    return True


@pytest.mark.usefixtures("types")
class TestAfter:
    def test_a_list_stored_undone_and_what_is_cancelled(self, officer, types):
        decision = begun(officer, award=types["BKT"])
        actions.type_rows(decision, [{"whom": "Cá nhân", "name": f"Lý {n}"} for n in "ABC"], by=officer)
        actions.store(decision, by=officer)
        assert right()
        award = decision.awards.first()
        typed = {"number": "9/QĐ-UBND", "day": date(2025, 3, 2), "ground": "false-merits", "amount": None, "items": ""}
        cancelling.cancel(award, by=officer, reason="Gian dối", **typed)
        assert right()
        cancelling.restore(award, by=officer, reason="Nhầm")
        assert right()
        actions.undo(decision, by=officer, reason="Nhầm")
        assert right()
        assert not decision.awards.filter(stands=True).exists()

    def test_a_recipient_edited_moved_and_without_a_unit(self, officer, department, commune):
        person = make_recipient(unit=department, name="Lý Văn Mẫu")
        first, second = give(person, "BKT", 2023, officer), give(person, "CSTDT", 2024, officer, unit=commune)
        assert right()
        for unit in (commune, department, None, commune):
            typed = Recipient.objects.get(pk=person.pk)
            typed.unit, typed.gender, typed.ethnicity = unit, "female", "tay" if unit else ""
            recipients.edit(person, by=officer, typed=typed)
            assert right()
        assert [Award.objects.get(pk=award.pk).home for award in (first, second)] == [commune, None]

    def test_two_merged_and_parted(self, officer, department, commune):
        kept, gone = (make_recipient(unit=unit, name="Lý Văn Mẫu", gender="male") for unit in (department, commune))
        give(gone, "BKT", 2023, officer)
        join(kept, gone, by=officer, reason="Một người")
        assert right()
        unmerge(Recipient.objects.get(pk=gone.pk), by=officer, reason="Hai người")
        assert right()

    def test_an_award_of_another_day_unit_and_one_taken_out(self, officer, department, commune):
        award = give(make_recipient(unit=department), "BKT", 2023, officer)
        award.unit, award.decided_on = commune, date(2022, 12, 1)
        award.save()
        assert right()
        award.delete()
        assert right()

    def test_many_at_once(self, officer, department, commune):
        decision = give(make_recipient(unit=department), "BKT", 2023, officer).decision
        rows = [
            Award(
                decision=decision, recipient=make_recipient(unit=department), unit=unit, year=2023, position=number,
                type=decision.awards.get(position=1).type, decided_on=decision.day,
            )
            for number, unit in enumerate((commune, department, None), 2)
        ]  # fmt: skip
        with_one_question = Award.objects.bulk_create(rows)
        assert [award.home for award in with_one_question] == [department, None, department]
        assert right()


def test_a_unit_is_not_changed_behind_the_back_of_awards(db, commune):
    with pytest.raises(TypeError, match="by save"):
        Recipient.objects.update(unit=commune)


def test_a_unit_sees_those_of_whoever_moved_to_it(types, officer, of_commune, department, commune):
    person = make_recipient(unit=department)
    award = give(person, "BKT", 2023, officer)
    assert award not in Award.objects.visible_to(of_commune)
    person.unit = commune
    person.save()
    assert award in Award.objects.visible_to(of_commune)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_many_give_while_others_edit(self, types, officer, department, commune):
        people = [make_recipient(unit=department, name=f"Lý Văn {n}") for n in range(4)]

        def gives(code):
            for person in people:
                give(Recipient.objects.get(pk=person.pk), code, 2024, officer, number=f"{code}{person.pk}/QĐ-UBND")

        def moves():
            for person in people:
                row = Recipient.objects.get(pk=person.pk)
                row.unit, row.gender = commune, "female"
                row.save()

        at_once(*(partial(gives, code) for code in ("BKT", "CSTDT", "CSTDCS", "LDTT")), moves)
        assert right()
        assert Award.objects.count() == 16

    def test_who_is_being_given_an_award_is_not_moved_meanwhile(self, types, officer, department):
        person = make_recipient(unit=department)

        def moved():
            try:
                with transaction.atomic():
                    return Recipient.objects.select_for_update(nowait=True).get(pk=person.pk)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(1) as pool, transaction.atomic():
            give(person, "BKT", 2024, officer)
            with pytest.raises(DatabaseError, match="could not obtain lock"):
                pool.submit(moved).result()
            # Those who give to the same person do not wait.
            other = partial(
                give, person, "CSTDT", 2024, officer, number="2/QĐ-UBND", office=Decision.objects.get().office
            )
            pool.submit(other).result()
            pool.submit(connections.close_all).result()
        assert right()
