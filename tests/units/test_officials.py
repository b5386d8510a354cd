"""Officials: what each capacity prints above the signature, who held a post on a day, what a term must say."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from units.models import Official, Term, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def make_term():
    """A function that makes a term, not yet stored, of an official and a unit that are."""
    official = Official.objects.create(name="Lê Văn Tâm")
    unit = Unit.objects.create(code="so-noi-vu", name="Sở Nội vụ", kind="department")

    def made(post="Giám đốc", **fields):
        return Term(official=official, unit=unit, post=post, **fields)

    return made


@pytest.mark.parametrize(
    ("capacity", "behalf", "post", "lines"),
    [
        ("", "", "Giám đốc", ["GIÁM ĐỐC"]),
        ("Q.", "", "Giám đốc", ["Q. GIÁM ĐỐC"]),
        ("KT.", "Chủ tịch", "Phó Chủ tịch", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        ("TM.", "Ủy ban nhân dân", "Chủ tịch", ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
        ("TL.", "Chủ tịch", "Giám đốc Sở Nội vụ", ["TL. CHỦ TỊCH", "GIÁM ĐỐC SỞ NỘI VỤ"]),
        ("TUQ.", "Chủ tịch", "Giám đốc Sở Nội vụ", ["TUQ. CHỦ TỊCH", "GIÁM ĐỐC SỞ NỘI VỤ"]),
    ],
)
def test_each_capacity_prints_its_lines_above_the_signature(make_term, capacity, behalf, post, lines):
    term = make_term(post, capacity=capacity, on_behalf_of=behalf, authority="Quyết định số 01/QĐ-UBND")
    term.full_clean()
    assert term.lines == lines
    assert str(term) == f"Lê Văn Tâm – {' / '.join(lines)}"


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        (
            {"capacity": "TUQ.", "on_behalf_of": "Chủ tịch"},
            {"authority": ["Ký thừa ủy quyền phải có văn bản ủy quyền (NĐ 30/2020, Điều 13). Hãy ghi văn bản đó."]},
        ),
        (
            {"capacity": "KT."},
            {"on_behalf_of": ["Hãy ghi ký thay mặt, ký thay, thừa lệnh hay thừa ủy quyền của ai."]},
        ),
        (
            {"since": date(2020, 2, 1), "until": date(2020, 1, 31)},
            {"until": ["Ngày kết thúc sớm hơn ngày bắt đầu. Hãy sửa lại một trong hai ngày."]},
        ),
    ],
)
def test_a_term_that_lacks_what_the_decree_asks_is_refused_beside_the_field(make_term, fields, faults):
    with pytest.raises(ValidationError) as refused:
        make_term(**fields).full_clean()
    assert refused.value.message_dict == faults


def test_the_database_refuses_a_delegation_without_its_paper_too(make_term):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_term(capacity="TUQ.", on_behalf_of="Chủ tịch").save()
    assert Term.objects.count() == 0


@pytest.mark.parametrize(
    ("begins", "ends", "held"),
    [
        (date(2020, 2, 25), date(2020, 2, 25), True),
        (None, None, True),
        (date(2020, 2, 26), None, False),
        (None, date(2020, 2, 24), False),
        (date(2019, 1, 1), None, True),
    ],
)
def test_a_post_is_held_from_its_first_day_to_its_last(make_term, begins, ends, held):
    term = make_term(since=begins, until=ends)
    term.save()
    assert term.in_force(date(2020, 2, 25)) is held
    assert Term.objects.in_force(date(2020, 2, 25)).exists() is held
