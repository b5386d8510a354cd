"""A file of a unit with a person who may be given a title, at each step of its way."""

from datetime import date

import pytest

from awards.models import Dossier, Nomination, Rating, Statement
from awards.nominations import actions, lines, pieces
from awards.nominations.checklist import checklist_of
from tests.awards.conftest import make_recipient
from tests.days import TODAY

YEAR = TODAY.year - 1


@pytest.fixture(autouse=True)
def reckoned_day(day_of_the_run):
    """The day that these tests reckon with."""


@pytest.fixture
def good(types, unit_officer):
    """Somebody of the unit who did well: may be given «Lao động tiên tiến»."""
    row = make_recipient(
        name="Nông Thị Mẫu", unit=unit_officer.unit, gender="female", began_on=date(1985, 3, 2), post="Chuyên viên"
    )
    Rating.objects.create(recipient=row, year=YEAR, level="excellent")
    return row


@pytest.fixture
def bad(types, unit_officer):
    """Somebody of the unit who did not do what was to be done."""
    row = make_recipient(name="Hoàng Văn Kém", unit=unit_officer.unit, gender="male", began_on=date(1990, 1, 1))
    Rating.objects.create(recipient=row, year=YEAR, level="failed")
    return row


@pytest.fixture
def dossier(types, unit_officer):
    """A file that is begun."""
    return actions.save(Dossier(year=YEAR, subject="Khen thưởng tổng kết năm"), by=unit_officer)


@pytest.fixture
def propose(dossier, unit_officer, types):
    """Add a nomination to the file."""

    def add(recipient, code="LDTT", **fields):
        row = Nomination(dossier=dossier, recipient=recipient, type=types[code], **fields)
        return lines.nominate(row, by=unit_officer)

    return add


@pytest.fixture
def answered(dossier, unit_officer, monkeypatch):
    """Answer every line of the checklist."""

    def answer():
        for line in checklist_of(dossier):
            # The catalogue of the files has no rows of the database behind it.
            if not isinstance(line.row.key, Statement):
                object.__setattr__(line.row, "key", None)
            pieces.answer(dossier, line.words, by=unit_officer, not_needed="Bản giấy nộp trực tiếp")

    return answer


@pytest.fixture
def bring_to(dossier, unit_officer, officer, answered):
    """Take the file on to a state."""

    def go(state):
        if state == "draft":
            return dossier
        answered()
        actions.submit(dossier, by=unit_officer)
        if state in ("received", "appraised", "closed"):
            actions.receive(dossier, by=officer, officer=officer)
        if state == "returned":
            actions.give_back(dossier, by=officer, reason="Thiếu biên bản", until=date(2099, 1, 4))
        if state in ("appraised", "closed"):
            actions.appraise(dossier, by=officer)
        if state == "closed":
            for row in dossier.nominations.going_on():
                lines.refuse(row, by=officer, refusal="Không còn chỉ tiêu")
            actions.close(dossier, by=officer)
        if state == "withdrawn":
            actions.withdraw(dossier, by=unit_officer, reason="Lập lại")
        dossier.refresh_from_db()
        return dossier

    return go
