"""Every step of a pact and of its parties, taken by every kind of person in every state."""

from datetime import date

import pytest

from clusters.models import Pact
from clusters.pacts import actions as pacts
from clusters.pacts import parties, rules, signing
from documents.models import Change

from ...walking import walk
from ..conftest import EIGHT
from .made import DAY, KEEPERS, MANAGERS, PARTIES, again, known_paper, leave, paper, scan, sign

MEMBER = frozenset({"member"})
KEEPERS, MANAGERS, PARTIES = frozenset(KEEPERS), frozenset(MANAGERS), frozenset(PARTIES)
SIGNER = {"name": "Nông Văn Ký", "title": "Chủ tịch", "day": DAY}
TYPED = {
    "sign": {"name": "Vi Văn A", "title": "Chủ tịch", "day": "16/03/2026"},
    "record": lambda: {"name": "Vi Văn A", "title": "Chủ tịch", "day": "16/03/2026", "files": scan(), **_lone()},
    "unrecord": lambda: _lone(),
    "scan": lambda: {"files": scan()},
    "unscan": lambda: {"file": Pact.objects.get().files.of_pact().values_list("pk", flat=True).first() or 0},
    "submit": lambda: {"paper": known_paper().reference, "day": "20/03/2026"},
    "confirm": {"paper": "25/TTr-SNV", "day": "27/03/2026", "who": "Thường trực"},
}
REASONS = {"renew", "unsign", "unrecord", "unscan", "unsubmit", "unconfirm", "take_back", "return"}


def _lone():
    """The party that nobody acts for."""
    return {"party": Pact.objects.get().parties.get(membership__unit__name="UBND xã Đồng Đăng").pk}


@pytest.fixture
def left(opened, officer, notice):
    """One of those who are to sign left the cluster."""
    leave(opened.parties.get(pk=_lone()["party"]).membership, officer, notice)
    return opened


@pytest.fixture
def half(opened, eight, officer):
    """Signed by one, and by one on paper."""
    sign(opened, eight["member"])
    party = opened.parties.get(pk=_lone()["party"])
    return signing.record(opened, by=officer, party=party, files=[scan()], **SIGNER)


@pytest.fixture
def scanned(half, eight, who):
    for role in KEEPERS:
        sign(half, eight[role])
    return pacts.attach(half, files=[scan()], by=who)


@pytest.fixture
def submitted(scanned, officer):
    return pacts.submit(scanned, by=officer, paper=paper(), day=date(2026, 3, 20))


# {where it stands: (state, {who: what they may})}
MAY = {
    "pact": ("draft", {KEEPERS: "write open"}),
    "returned": ("returned", {KEEPERS: "write open"}),
    "opened": ("open", {PARTIES: "sign", KEEPERS: "take_back", MANAGERS: "record"}),
    "left": ("open", {PARTIES: "sign", KEEPERS: "take_back renew", MANAGERS: "renew"}),
    "half": ("open", {KEEPERS: "sign take_back", MEMBER: "unsign", MANAGERS: "unrecord"}),
    "scanned": (
        "signed",
        {
            PARTIES: "unsign",
            KEEPERS: "take_back scan unscan",
            MANAGERS: "unrecord scan unscan submit return",
        },
    ),
    "submitted": ("submitted", {KEEPERS: "scan unscan", MANAGERS: "scan unscan confirm unsubmit return"}),
    "confirmed": ("confirmed", {KEEPERS: "scan unscan", MANAGERS: "scan unscan unconfirm"}),
}
# The same for what the member and the party that nobody acts for say of themselves.
TELLS = {
    "pact": ({KEEPERS: "register"}, {KEEPERS: "register"}),
    "returned": ({KEEPERS: "register"}, {KEEPERS: "register"}),
    "opened": ({KEEPERS | MEMBER: "register"}, {KEEPERS: "register"}),
    "left": ({KEEPERS | MEMBER: "register"}, {}),
    "half": ({}, {}),
    "scanned": ({MEMBER: "report"}, {MANAGERS: "report_on_paper"}),
    "submitted": ({MEMBER: "report"}, {MANAGERS: "report_on_paper"}),
    "confirmed": ({MEMBER: "report"}, {MANAGERS: "report_on_paper"}),
}


def by_person(table):
    return {one: {what for people, words in table.items() if one in people for what in words.split()} for one in EIGHT}


def told(row):
    return list(Change.objects.filter(about="pact").values_list("what", flat=True))


@pytest.mark.parametrize("name", MAY)
def test_every_step_by_every_person(request, turn_of, client_of, name):
    row, (state, table) = request.getfixturevalue(name), MAY[name]
    assert again(row).state == state
    walk(
        rules.STEPS, lambda: again(row), turn_of, client_of,
        may=by_person(table), typed=TYPED, known=told, reasons=REASONS,
    )  # fmt: skip


@pytest.mark.parametrize("name", TELLS)
def test_what_a_party_tells_by_every_person(request, turn_of, client_of, eight, name):
    row = request.getfixturevalue(name)
    member = row.parties.get(membership__unit=eight["member"].unit_id)
    for pk, table in zip((member.pk, _lone()["party"]), TELLS[name], strict=True):
        walk(
            parties.STEPS, lambda pk=pk: again(row).parties.get(pk=pk), turn_of, client_of,
            may=by_person(table), typed={}, known=told, reasons=(),
        )  # fmt: skip
