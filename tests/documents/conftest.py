"""A provincial committee, a signer, and a draft of Sở Nội vụ that tests write on."""

from datetime import date

import pytest

from documents.models import Document, DocumentType
from documents.papers.actions import save_draft
from tests.conftest import let_number_for
from units.models import Official, Term, Unit

BODY = "Sở Nội vụ đề nghị các đơn vị báo cáo[^1] kết quả thi đua.\n\n[^1]: Báo cáo theo mẫu đính kèm."


@pytest.fixture
def province(so_noi_vu):
    """The committee above Sở Nội vụ, which lets that department number for it.

    What goes otherwise where it does not is told in ``test_other_bodies``.
    """
    unit = Unit.objects.create(
        code="ubnd-tinh",
        name="UBND tỉnh Lạng Sơn",
        kind=Unit.Kind.PROVINCE,
        symbol="UBND",
        letterhead="ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN",
    )
    so_noi_vu.superior = unit
    so_noi_vu.save()
    let_number_for(unit, so_noi_vu)
    return unit


@pytest.fixture
def signer(province):
    """A deputy chairman from 01/01/2019 to 30/6/2021."""
    official = Official.objects.create(name="Nông Văn Minh", invented=True)
    return Term.objects.create(
        official=official,
        unit=province,
        post="Phó Chủ tịch",
        capacity="KT.",
        on_behalf_of="Chủ tịch",
        since=date(2019, 1, 1),
        until=date(2021, 6, 30),
    )


def words(**changes):
    """The fields of an official letter."""
    fields = {
        "type": DocumentType.objects.get(code="CV"),
        "issuer": "ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN",
        "issuer_name": "UBND tỉnh Lạng Sơn",
        "symbol": "UBND-KGVX",
        "place": "Lạng Sơn",
        "year": 2020,
        "month": 2,
        "subject": "báo cáo kết quả phong trào thi đua",
        "to": "Các đơn vị trong cụm thi đua",
        "recipients": "Như trên",
        "archive": "VT",
        "capacity": "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
        "signer_name": "Nông Văn Minh",
        "body": BODY,
    }
    return fields | changes


@pytest.fixture
def draft(officer, province, signer):
    """A letter that ``officer`` wrote for the province."""
    return save_draft(Document(**words(issuer_unit=province, signer=signer)), by=officer)


def typed(document, **changes):
    """What the browser sends for ``document``: every field of the form, no appendices."""
    fields = {
        name: getattr(document, name)
        for name in [
            "issuer",
            "superior",
            "symbol",
            "place",
            "subject",
            "urgency",
            "circulation",
            "authority_line",
            "bases",
            "to",
            "recipients",
            "archive",
            "signer_reason",
            "capacity",
            "signer_name",
            "second_capacity",
            "second_signer_name",
            "contact",
            "body",
            "version",
        ]
    }
    fields |= {
        "type": document.type_id,
        "signer": document.signer_id or "",
        "date": document.date_text,
        "phu-luc-TOTAL_FORMS": 0,
        "phu-luc-INITIAL_FORMS": 0,
        "nhiem-vu-TOTAL_FORMS": 0,
        "nhiem-vu-INITIAL_FORMS": 0,
        "issuer_unit": document.issuer_unit_id or "",
    }
    return fields | changes
