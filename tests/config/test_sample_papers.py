"""What every paper of the sample is asked, of whatever area: its number, its days, who signed, what stands in its words."""

import re
from collections import defaultdict
from datetime import date

import pytest

from campaigns.models import Campaign, Joining
from clusters.models import Activity, Ballot, Party
from clusters.sample.ballots import BOARD
from documents.models import Appendix, Document
from documents.sample.life import ISSUED_MARK
from documents.sample.names import officer_name
from documents.sample.year import MARK
from documents.source.authority import disagreement
from documents.source.blanks import blanks
from documents.source.paper import all_text
from documents.writing.reading import document_of
from tests.documents.writing.test_reading import rejoined
from units.models import Unit, User

pytestmark = pytest.mark.usefixtures("sample", "db")
_DAY = re.compile(r"(?:ngày )?(\d{1,2})(?:/| tháng )(\d{1,2})(?:/| năm )(20\d\d)")
_WEEKDAYS = ["Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Chủ nhật"]
_WINDOW = re.compile(r"từ ngày (\d{2}) tháng (\d{1,2}) năm (20\d\d) đến ngày (\d{2}) tháng (\d{1,2}) năm (20\d\d)")


def test_every_paper_of_the_sample():
    no_two_papers_of_a_body_bear_one_number_in_a_year()
    numbers_run_with_the_days()
    nobody_signs_for_two_units()
    days_agree_between_text_and_appendix()
    weekdays_are_right()
    authority_and_signature_agree()
    recipients_name_an_article_that_is_there()
    nothing_of_the_sample_says_in_a_paper_that_it_is_one()
    gatherings_have_hours_and_a_secretary_with_a_post()
    subjects_of_units_name_the_campaign_and_not_the_unit()
    no_character_is_lost_in_the_editor()


def of_a_year():
    """{(body, year, type): its papers with number and day, by day}."""
    found = defaultdict(list)
    for row in Document.objects.exclude(reference="").select_related("type").order_by("dated", "pk"):
        # Laws and resolutions of the National Assembly are numbered apart under one symbol.
        symbol = row.reference.partition("/")[2]
        own = f"{row.type_id} {symbol}" if "/QH" in symbol else symbol
        found[row.issuer_unit_id or row.issuer_name, row.year, own].append(row)
    return found


def number(paper):
    found = re.match(r"\d+", paper.reference)
    return int(found[0]) if found else None


def no_two_papers_of_a_body_bear_one_number_in_a_year():
    for key, rows in of_a_year().items():
        references = [row.reference for row in rows]
        assert len(set(references)) == len(references), key


def numbers_run_with_the_days():
    for (_, _, symbol), rows in of_a_year().items():
        if symbol in ("TW", "CT-TTg") or any(number(row) is None for row in rows):
            continue
        numbers = [number(row) for row in rows]
        assert numbers == sorted(numbers), [row.reference for row in rows]


def nobody_signs_for_two_units():
    units = defaultdict(set)
    for row in Party.objects.exclude(signer_name="").select_related("membership__unit"):
        units[row.signer_name].add(row.membership.unit.name)
    for row in Activity.objects.exclude(chair="").select_related("unit"):
        units[row.chair.partition(",")[0]].add(row.unit.name)
    assert {name: names for name, names in units.items() if len(names) > 1} == {}
    names = [officer_name(unit) for unit in Unit.objects.all()]
    assert len(set(names)) == len(names)
    assert not set(names) & set(units)
    assert not set(names) & {line.partition(",")[0] for line in BOARD.splitlines()}
    accounts = User.objects.values_list("full_name", "unit__name")
    assert len({name for name, _ in accounts}) == len(accounts)


def ours():
    return Document.objects.filter(origin="ours").select_related("type", "issuer_unit").prefetch_related("appendices")


def days_agree_between_text_and_appendix():
    told = 0
    for paper in ours():
        window = _WINDOW.search(paper.body)
        days = [day for row in paper.appendices.all() for day in _DAY.findall(row.body)]
        if window and days:
            told += 1
            first, last = (date(int(y), int(m), int(d)) for d, m, y in (window.groups()[:3], window.groups()[3:]))
            assert {first <= date(int(y), int(m), int(d)) <= last for d, m, y in days} == {True}, paper
        for row in paper.appendices.all():
            assert not re.search(r"\| \d{1,2}/\d{1,2} \|", row.body), paper
    assert told >= 2


def weekdays_are_right():
    told = 0
    for paper in ours():
        for day, month, year, weekday in re.findall(r"(\d{2})/(\d{1,2})/(20\d\d) \((?:thứ )?([^)]+)\)", paper.body):
            told += 1
            assert _WEEKDAYS[date(int(year), int(month), int(day)).weekday()] == weekday, paper
    assert told


def authority_and_signature_agree():
    decisions = [paper for paper in ours() if paper.authority_line]
    assert decisions
    assert [disagreement(paper.as_paper()) for paper in decisions if disagreement(paper.as_paper())] == []


def recipients_name_an_article_that_is_there():
    for paper in ours():
        for article in re.findall(r"Như Điều (\d+)", paper.recipients):
            articles = re.findall(r"Điều (\d+)\.", paper.body)
            assert articles[-1] == article, paper


def nothing_of_the_sample_says_in_a_paper_that_it_is_one():
    for paper in ours():
        assert "minh họa" not in all_text(paper.as_paper()), paper
        assert blanks(paper.as_paper()) == [] or paper.type.code == "CV"
        assert paper.note in (MARK, ISSUED_MARK)
    words = [*Campaign.objects.values_list("aims", "contents", "criteria", "participants")]
    words += [*Activity.objects.values_list("place", "chair", "decided"), *Ballot.objects.values_list("board", "place")]
    words += [*Joining.objects.values_list("words"), *Document.objects.values_list("subject")]
    assert [row for row in words if "minh họa" in " ".join(row)] == []


def gatherings_have_hours_and_a_secretary_with_a_post():
    rows = [row for row in Activity.objects.all() if row.is_gathering]
    assert rows
    for row in rows:
        assert row.held_at < row.ended_at
        assert row.place
        assert "," in row.chair
        assert "," in row.secretary
    assert all(row.began_at < row.ended_at and row.place for row in Ballot.objects.filter(state="counted"))


def subjects_of_units_name_the_campaign_and_not_the_unit():
    rows = Campaign.objects.filter(level="unit").select_related("document", "unit")
    assert rows
    for row in rows:
        assert row.unit.name not in row.document.subject
        assert re.match(r"phát động (phong trào|đợt) thi đua", row.document.subject), row.document.subject


def no_character_is_lost_in_the_editor():
    texts = [
        *Document.objects.exclude(body="").values_list("body", flat=True),
        *Appendix.objects.values_list("body", flat=True),
    ]
    assert len(texts) > 50
    assert [text for text in texts if rejoined(document_of(text)) != text] == []
