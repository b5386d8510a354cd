"""Nominations that the council passed, the province that decides, the people who write, approve and issue."""

from datetime import date

import pytest

from awards.issuing import actions, papers
from awards.issuing.models import Paper
from awards.models import Dossier, Nomination
from documents.life import actions as life
from documents.life.issuing import issue as issue_paper
from tests.awards.conftest import make_recipient
from tests.conftest import let_number_for, make_unit
from units.models import Capacity, Official, Term, Unit

DAY = date(2026, 11, 20)
YEAR = 2025


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """The day that these tests stand on."""
    monkeypatch.setattr(
        "django.utils.timezone.localdate", lambda value=None, timezone=None: value.date() if value else DAY
    )


@pytest.fixture
def province(so_noi_vu):
    """The province, whose chairman decides and whose numbers the department keeps."""
    unit = make_unit(
        "ubnd-tinh", "UBND tỉnh Lạng Sơn", kind=Unit.Kind.PROVINCE, symbol="UBND", letterhead="ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN",
        place="Lạng Sơn",
    )  # fmt: skip
    official = Official.objects.create(name="Hoàng Văn Mẫu")
    Term.objects.create(official=official, unit=unit, post="Chủ tịch", capacity=Capacity.OWN, since=date(2021, 1, 1))
    let_number_for(unit, so_noi_vu)
    return unit


@pytest.fixture
def dossier(types, unit_officer, officer):
    """A file of Sở Y tế that was appraised."""
    return Dossier.objects.create(
        unit=unit_officer.unit, year=YEAR, author=unit_officer, state="appraised", officer=officer,
        submitted_on=date(2026, 3, 1), received_on=date(2026, 3, 2), subject="Khen thưởng năm 2025",
    )  # fmt: skip


@pytest.fixture
def passed(dossier, types):
    """A function: a nomination that the council passed."""

    def make(name="Nông Thị Mẫu", code="BKT", kind="person", state="passed", **fields):
        recipient = fields.pop("recipient", None) or make_recipient(
            kind, name, unit=fields.pop("unit", dossier.unit), post="Chuyên viên" if kind == "person" else ""
        )
        file = fields.pop("dossier", dossier)
        return Nomination.objects.create(
            dossier=file, recipient=recipient, type=types[code], position=file.nominations.count() + 1, state=state,
            name=recipient.name, unit=recipient.unit, **{"post": "Chuyên viên, Sở Y tế", **fields},
        )  # fmt: skip

    return make


@pytest.fixture
def composed(province, officer):
    """A function: the one draft decision of nominations."""

    def make(*rows, **typed):
        made, left = actions.compose([row.pk for row in rows], by=officer, **{"day": DAY} | typed)
        assert (len(made), left) == (1, [])
        return made[0]

    return make


@pytest.fixture
def approved(officer, leader):
    """A function: the paper of a draft, approved."""

    def make(decision):
        paper = papers.draft(decision, Paper.DECISION, by=officer)
        life.submit(paper, by=officer)
        return life.approve(paper, by=leader)

    return make


@pytest.fixture
def issued(approved, clerk):
    """A function: a draft whose paper was issued."""

    def make(decision, day=DAY):
        paper = issue_paper(approved(decision), by=clerk, day=day)
        decision.refresh_from_db()
        assert decision.paper == paper
        return decision

    return make
