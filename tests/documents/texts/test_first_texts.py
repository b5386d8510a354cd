"""A text for each type of paper from the first day: it can be set, it asks for what differs, what the office made of it stays."""

from dataclasses import replace

import pytest
from django.core.management import call_command

from documents import data
from documents.models import DocumentType, OfficeText
from documents.source import source
from documents.source.blanks import blanks
from documents.source.types import BUILT_IN
from documents.texts.rules import begin_from
from units.models import Official, Term

pytestmark = pytest.mark.django_db


@pytest.fixture
def texts(db, capsys):
    call_command("load_texts")
    return {text.type_id: text for text in OfficeText.objects.filter(unit=None)}


def test_every_type_that_is_written_here_has_one(texts):
    written = DocumentType.objects.written_here().filter(code__in=BUILT_IN)
    assert {text.type.code for text in texts.values()} == {type.code for type in written}


@pytest.mark.parametrize("code", [row["type"] for row in data.texts()])
def test_a_paper_begins_from_it_without_a_fault_and_asks_for_what_is_open(code, texts, officer, so_noi_vu):
    official = Official.objects.create(name="Nông Văn Bịa", invented=True)
    Term.objects.create(official=official, unit=so_noi_vu, post="Giám đốc", since="2019-01-01")
    text = OfficeText.objects.get(unit=None, type__code=code)
    paper = begin_from(text, by=officer, issuer=so_noi_vu).as_paper(())
    if code == "BB":
        paper = replace(paper, second_signature=replace(paper.signature, name="Hoàng Thị Bịa"))
    types = DocumentType.objects.catalogue()
    assert [fault.message for fault in source.check(paper, types)] == []
    assert blanks(paper)


def test_what_the_office_changed_stays(texts, capsys):
    text = OfficeText.objects.get(type__code="CV")
    text.name = "Công văn của cơ quan"
    text.save()
    call_command("load_texts")
    assert OfficeText.objects.filter(type__code="CV").count() == 1
    assert "thêm 0 mẫu" in capsys.readouterr().out
