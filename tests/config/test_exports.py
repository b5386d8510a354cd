"""Every list as an Excel file: a heading, days and figures that are days and figures, ready to be filtered and printed."""

import inspect
import re
from datetime import datetime

import pytest
from django.test import Client
from django.urls import get_resolver, resolve, reverse

from awards.models import Decision, ItemKind, Meeting, Registration, Round
from campaigns.models import Campaign, Review
from clusters.models import Cluster, CriteriaSet, Division, Pact
from conferences.models import Event, Plan
from documents.models import Document
from tests.exported import sheet_of
from units.excel_out import HEAD
from units.lists import OfficeList
from units.models import Role, User

pytestmark = pytest.mark.django_db

DAY = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
FIGURE = re.compile(r"\d{1,3}(\.\d{3})*(,\d+)?")
# Text on purpose: numbers of a book and of a form as they are written, and codes.
WRITTEN = {"Số đến", "Mã số", "Mã", "Mã đơn vị", "Số mục", "Số, ký hiệu", "Số, ký hiệu văn bản", "Điểm, khoản"}


# The demonstration has no meeting that is being prepared, no decision that is being written, no names that units are asked about,
# no package of the axis.
BEING_WRITTEN = {
    "AwardChoice", "CandidateList", "WaitingList", "DraftPage", "NameList", "UpwardList", "PackageList",
}  # fmt: skip


def first(rows, **known):
    return rows.filter(**known).first().pk


def addresses():
    """Each list of the demonstration, with the year or the record that it is about."""
    year = Division.objects.filter(clusters__memberships__sheet__isnull=False).order_by("-year").first().year
    letter = first(Document.objects.filter(duties__isnull=False))
    campaign = first(Campaign.objects.filter(joinings__isnull=False))
    congress = first(Event.objects.filter(delegations__isnull=False))
    cluster = first(Cluster.objects.filter(activities__isnull=False))
    plain = (
        "units",
        "documents",
        "texts",
        "phrases",
        "proofing_rules",
        "received",
        "duties",
        "changes",
        "outbox",
        "book_out",
        "book_in",
        "campaigns",
        "recipients",
        "doubles",
        "catalogue",
        "waiting_provisions",
        "dossiers",
        "nominations",
        "registrations",
        "opinions",
        "cancellations",
        "council_meetings",
        "payments",
        "ledger",
        "dues",
        "store",
        "movements",
        "stock_counts",
        "stock_orders",
        "certificates",
        "sheets",
        "collection_rounds",
        "handovers",
        "items_left",
        "items_left_by_unit",
        "occasions",
        "to_present",
        "item_cases",
        "plans",
        "servings",
        "changes_of_conferences",
        "conferences",
    )
    of_a_year = (
        "ballots",
        "pacts",
        "scores",
        "division",
        "progress",
        "comparison",
        "year_launches",
        "division_activities",
        "stock_year",
    )
    of_a_record = {
        "follow": letter,
        "duty_matrix": letter,
        "cluster_activities": cluster,
        "pact_results": first(Pact.objects.filter(targets__isnull=False)),
        "criteria": first(CriteriaSet.objects.filter(criteria__isnull=False)),
        "campaign_launches": campaign,
        "campaign_joinings": campaign,
        "campaign_examples": campaign,
        "review": first(Review.objects.all()),
        "decision": first(Decision.objects.all()),
        "registration": first(Registration.objects.all()),
        "council_agenda": first(Meeting.objects.all()),
        "item_kind": first(ItemKind.objects.all()),
        "collection_round": first(Round.objects.all()),
        "conference_delegates": congress,
        "delegations": congress,
        "cards": congress,
        "presence_people": congress,
        "scans": congress,
        "plan_progress": first(Plan.objects.filter(levels__isnull=False)),
        "honours": first(Event.objects.filter(honours__isnull=False)),
        "choose_honour_examples": first(Event.objects.filter(unit__kind="province", state=Event.State.READY)),
        "plan_quotas": first(Plan.objects.all()),
        "invitations": first(Event.objects.filter(unit__kind="province", delegates__isnull=False)),
    }
    of_awards = ("awards", "recipients", "doubles", "decisions", "ratings", "award_structure", "check_awards")
    yield from (reverse(name) for name in (*plain, "examples", *of_awards))
    yield from (reverse(name, args=[year]) for name in of_a_year)
    yield from (reverse(name, args=[key]) for name, key in of_a_record.items())
    yield reverse("texts_for", args=["phong-trao", campaign])


@pytest.fixture(scope="module")
def client(sample):
    """Who sees every list."""
    client = Client()
    client.force_login(User.objects.filter(role=Role.OFFICER, unit__code="so-noi-vu-2025").first())
    return client


@pytest.fixture(scope="module")
def sheets(client):
    """{address: the first sheet of its file}."""
    found = {}
    for url in addresses():
        answer = client.get(url, {"xuat": "xlsx"})
        assert answer.status_code == 200, url
        assert answer["Content-Type"].endswith("spreadsheetml.sheet"), url
        found[url] = sheet_of(answer)
    return found


def lists_of_the_program():
    """Classes and functions of views that answer ``?xuat=xlsx``."""
    pending, found = [get_resolver()], set()
    while pending:
        for entry in pending.pop().url_patterns:
            if hasattr(entry, "url_patterns"):
                pending.append(entry)
            else:
                found.add(subject(entry.callback))
    return {view for view in found if view and exports(view)}


def subject(callback):
    """The class of a view, or its function."""
    return getattr(callback, "view_class", None) or inspect.unwrap(callback)


def exports(view):
    if inspect.isclass(view):
        return issubclass(view, OfficeList)
    return inspect.isfunction(view) and '"xuat") == "xlsx"' in inspect.getsource(view)


def test_no_list_of_the_program_is_missed(sheets):
    seen = {subject(resolve(url).func) for url in sheets}
    # The workbook of a cluster has many sheets, the faults of a list that is entered stand in that list: tests of their own.
    missed = {view.__name__ for view in lists_of_the_program() - seen} - {
        "cluster_scores",
        "check_list",
        *BEING_WRITTEN,
    }
    assert missed == set()


def test_every_list_says_whose_it_is_what_it_is_and_of_when(sheets):
    titles = {}
    for url, sheet in sheets.items():
        office, title, chosen, day = (sheet.cell(row, 1).value for row in range(1, HEAD + 1))
        assert office == "SỞ NỘI VỤ", url
        assert title != "Danh sách", url
        assert chosen, url
        assert re.fullmatch(r"Tính đến ngày \d\d/\d\d/\d{4}", day), url
        titles[url] = title
    assert len(set(titles.values())) == len(titles), "each list has a title of its own"


def test_every_list_is_filtered_frozen_and_set_up_for_printing(sheets):
    for url, sheet in sheets.items():
        heads = [cell.value for cell in sheet[HEAD + 1]]
        assert all(isinstance(head, str) and head for head in heads), url
        assert sheet.auto_filter.ref.startswith(f"A{HEAD + 1}:"), url
        assert sheet.freeze_panes in (f"A{HEAD + 2}", f"B{HEAD + 2}"), url
        assert sheet.print_title_rows == f"${HEAD + 1}:${HEAD + 1}", url
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0), url
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, url
        wide = sum(column.width * (column.max - column.min + 1) for column in sheet.column_dimensions.values())
        assert (sheet.page_setup.orientation == "landscape") == (wide > 90), (url, wide)
        assert sheet.oddFooter.right.text.strip() == "Trang &P/&N", url


def test_days_are_days_figures_are_figures_and_nothing_is_a_formula(sheets):
    days = figures = 0
    for url, sheet in sheets.items():
        heads = [cell.value for cell in sheet[HEAD + 1]]
        for row in sheet.iter_rows(min_row=HEAD + 2):
            for head, cell in zip(heads, row, strict=True):
                assert cell.data_type != "f", (url, cell.coordinate)
                if isinstance(cell.value, str) and head not in WRITTEN:
                    assert not DAY.fullmatch(cell.value), (url, cell.coordinate, cell.value)
                    assert not FIGURE.fullmatch(cell.value), (url, cell.coordinate, cell.value)
                elif isinstance(cell.value, datetime):
                    days += 1
                    assert "dd/mm/yyyy" in cell.number_format, (url, cell.coordinate)
                elif isinstance(cell.value, int | float):
                    figures += 1
                    assert cell.alignment.horizontal == "right", (url, cell.coordinate)
    assert days > 300
    assert figures > 300


def test_what_was_chosen_stands_above_the_rows(client):
    answer = client.get(reverse("units"), {"xuat": "xlsx", "kind": "department", "ngay": "01/03/2020"})
    assert sheet_of(answer)["A3"].value == "Loại đơn vị: Sở, ban, ngành; Tại ngày: 01/03/2020"
    assert sheet_of(client.get(reverse("units"), {"xuat": "xlsx"}))["A3"].value == "Toàn bộ danh sách"
    book = sheet_of(client.get(reverse("book_out"), {"xuat": "xlsx"}))
    assert book["A3"].value == "Từ ngày: 01/01/2026; Đến ngày: 31/12/2026"
