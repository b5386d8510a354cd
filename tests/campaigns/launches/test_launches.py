"""Who has launched and who has not: for one campaign, as a matrix of the year, in Excel, in the letter that reminds."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns.launches import duties as launch_duties
from campaigns.launches import papers
from campaigns.launches.filters import CampaignFilter
from campaigns.launches.progress import launched_and_missing, missing_units
from campaigns.models import Campaign, LaunchDuty
from documents.areas import papers as areas
from documents.models import Assignment, Change, Document, Duty
from documents.papers.tables import MOST_WITHIN
from documents.steps.refusing import Refused
from units.models import Role, Unit

from ...conftest import make_unit, make_user
from ...exported import table_of
from ..conftest import PEOPLE, TODAY, cited, make_campaign


def rows_of(answer):
    return {row.unit.name: row.cells[0] for row in answer.context["rows"]}


def test_the_list_tells_who_launched_since_when_and_who_did_not(campaign, child, officer, client_of):
    answer = client_of(officer).get(reverse("campaign_launches", args=[campaign.pk]))
    found = rows_of(answer)
    assert len(found) == 4
    assert (found["UBND xã Ba Sơn"].child, found["UBND xã Công Sơn"].child) == (child, None)
    assert [found[name].is_missing for name in sorted(found)].count(True) == 3
    assert [answer.context[name] for name in ("asked", "launched", "missing")] == [4, 1, 3]


@pytest.mark.parametrize(("muc", "names"), [("roi", ["Ba Sơn"]), ("chua", ["Cao Lộc", "Công Sơn", "Đồng Đăng"])])
def test_the_list_is_filtered_by_who_did(campaign, child, officer, client_of, muc, names):
    answer = client_of(officer).get(reverse("campaign_launches", args=[campaign.pk]), {"muc": muc})
    assert sorted(rows_of(answer)) == [f"UBND xã {name}" for name in names]


def test_a_draft_and_a_stopped_one_are_not_launched(campaign, child, officer):
    Campaign.objects.filter(pk=child.pk).update(state="stopped")
    assert missing_units(campaign).count() == 4
    Campaign.objects.filter(pk=child.pk).update(state="draft", launched_on=None)
    assert missing_units(campaign).count() == 4


def test_a_unit_sees_its_own_row_alone(campaign, child, bason, congson, council_member, client_of):
    url = reverse("campaign_launches", args=[campaign.pk])
    for user, names in ((bason, ["UBND xã Ba Sơn"]), (congson, ["UBND xã Công Sơn"]), (council_member, [])):
        assert list(rows_of(client_of(user).get(url))) == names
    exported = client_of(congson).get(url, {"xuat": "xlsx"})
    rows = table_of(exported)
    assert [row[0] for row in rows] == ["Đơn vị", "UBND xã Công Sơn"]


def test_the_export_holds_what_is_filtered(campaign, child, officer, client_of):
    url = reverse("campaign_launches", args=[campaign.pk])
    exported = client_of(officer).get(url, {"xuat": "xlsx", "muc": "roi"})
    rows = table_of(exported)
    assert rows[1][0] == "UBND xã Ba Sơn"
    assert rows[1][4].date() == date(2026, 1, 25)
    assert len(rows) == 2


def test_the_letter_goes_to_those_who_launched_nothing(campaign, child, officer, client_of):
    answer = client_of(officer).post(reverse("remind_launches", args=[campaign.pk]))
    document = Document.objects.get(area=papers.REMINDER.kind)
    assert answer.url == document.get_absolute_url()
    assert sorted(document.addressees.values_list("key", flat=True)) == ["don-vi:xa-1", "don-vi:xa-2", "don-vi:xa-3"]
    assert "12/PĐ-UBND" in document.body
    with pytest.raises(Refused, match=r"Đã có .* do Nguyễn Thị Hòa, Sở Nội vụ soạn"):
        papers.draft_reminder(campaign, by=officer)


def test_nobody_is_reminded_where_all_launched(campaign, communes, officer):
    for unit in communes:
        make_campaign(unit, officer, f"Của {unit}").parents.add(campaign)
    with pytest.raises(Refused, match="đều đã phát động"):
        papers.draft_reminder(campaign, by=officer)


def test_the_matrix_sets_units_and_campaigns_beside_each_other(campaign, child, province, officer, bason, client_of):
    other = make_campaign(province, officer, "Đợt đặc biệt", asked_kinds=["department"], launched_on=date(2026, 3, 1))
    url = reverse("year_launches", args=[2026])
    answer = client_of(officer).get(url)
    rows = {row.unit.name: row.cells for row in answer.context["rows"]}
    assert answer.context["campaigns"] == [campaign, other]
    first, second = rows["UBND xã Ba Sơn"]
    assert (first.child, second.asked, second.child) == (child, False, None)
    assert [cell.is_missing for cell in rows["UBND xã Cao Lộc"]] == [True, False]
    assert rows["Sở Nội vụ"][1].is_missing
    assert client_of(bason).get(url).status_code == 403
    assert client_of(officer).get(url, {"muc": "chua", "kind": "commune"}).context["paginator"].count == 3
    exported = client_of(officer).get(url, {"xuat": "xlsx"})
    found = {row[0]: row[1:] for row in table_of(exported)}
    assert found["UBND xã Ba Sơn"] == (datetime(2026, 1, 25), None)
    assert found["UBND xã Cao Lộc"] == ("chưa phát động", None)


def asked(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_pages_cost_the_same_with_many_units_and_campaigns(campaign, child, province, officer, client_of):
    client = client_of(officer)
    urls = [
        reverse("campaigns"),
        campaign.get_absolute_url(),
        reverse("campaign_launches", args=[campaign.pk]),
        reverse("year_launches", args=[2026]),
    ]
    before = [asked(client, url) for url in urls]
    for n in range(20):
        unit = make_unit(f"them-{n}", f"UBND xã Thêm {n}", kind=Unit.Kind.COMMUNE)
        make_campaign(unit, officer, f"Thêm {n}").parents.add(campaign)
    for n in range(5):
        make_campaign(province, officer, f"Của tỉnh {n}")
    assert [asked(client, url) for url in urls[:3]] == before[:3]
    # A column's filter is not asked for; only its cells are.
    assert asked(client, urls[3]) == before[3]


def test_a_letter_to_many_units_has_their_names_behind_it(campaign, communes, officer):
    for n in range(MOST_WITHIN):
        make_unit(f"nhieu-{n}", f"UBND xã Nhiều {n}", kind=Unit.Kind.COMMUNE)
    letter = papers.draft_reminder(campaign, by=officer)
    assert letter.to == "Các cơ quan, đơn vị trong danh sách kèm theo"
    listed = letter.appendices.get().body
    assert all(unit.name in listed for unit in missing_units(campaign))
    assert letter.addressees.count() == MOST_WITHIN + 4


def test_drafts_that_one_may_not_see_count_as_nothing(campaign, client_of):
    top = make_unit("tren", "Sở Trên")
    below = make_unit("duoi", "Phòng Dưới", superior=top)
    keeper = make_user("tren", "Người Trên", Role.UNIT_OFFICER, top)
    author = make_user("duoi", "Người Dưới", Role.UNIT_OFFICER, below)
    own = make_campaign(top, keeper, "Của Sở Trên")
    hidden = make_campaign(below, author, "BẢN NHÁP KÍN", state="draft")
    hidden.parents.add(own)
    url = reverse("campaign_launches", args=[own.pk])
    answer = client_of(keeper).get(url)
    assert rows_of(answer)["Phòng Dưới"].child is None
    exported = client_of(keeper).get(url, {"xuat": "xlsx"})
    rows = table_of(exported)
    assert rows[1][:4] == ("Phòng Dưới", below.get_kind_display(), None, "Chưa phát động")
    Campaign.objects.filter(pk=hidden.pk).update(state="launched", launched_on=date(2026, 2, 1))
    assert rows_of(client_of(keeper).get(url))["Phòng Dưới"].child == hidden


def test_the_matrix_finds_who_launched_all_that_asks_it(campaign, child, province, officer, communes, client_of):
    make_campaign(province, officer, "Của các sở", asked_kinds=["department"])
    url = reverse("year_launches", args=[2026])

    def found(muc):
        return sorted(row.unit.name for row in client_of(officer).get(url, {"muc": muc}).context["rows"])

    assert found("roi") == ["UBND xã Ba Sơn"]
    assert "UBND xã Ba Sơn" not in found("chua")
    make_campaign(province, officer, "Của các xã")
    assert found("roi") == []
    assert "UBND xã Ba Sơn" in found("chua")


def test_the_matrix_leads_to_the_years_beside_it(officer, client_of):
    def years(year):
        return client_of(officer).get(reverse("year_launches", args=[year])).context["years"]

    assert [years(2000), years(2026), years(2100)] == [[2001], [2025, 2027], [2099]]
    assert (
        reverse("year_launches", args=[2027])
        in client_of(officer).get(reverse("year_launches", args=[2026])).content.decode()
    )


@pytest.fixture
def twelve(campaign, child, province, officer):
    """``campaign``, which one unit took up, and eleven of the province after it; the last asks departments alone."""
    rows = [make_campaign(province, officer, f"Của tỉnh {n}", launched_on=date(2026, 2, n)) for n in range(1, 12)]
    Campaign.objects.filter(pk=rows[-1].pk).update(asked_kinds=["department"])
    return [campaign, *rows]


def test_the_matrix_pages_its_campaigns(twelve, child, officer, client_of):
    client, url = client_of(officer), reverse("year_launches", args=[2026])
    first, last = twelve[:10], twelve[10:]
    for text, shown in [
        ("", first),
        ("1", first),
        ("2", last),
        ("-3", first),
        ("0", first),
        ("99", last),
        ("x", first),
    ]:
        answer = client.get(url, {"cot": text})
        assert list(answer.context["campaigns"]) == shown, text
        assert {tuple(cell.campaign for cell in row.cells) for row in answer.context["rows"]} == {tuple(shown)}
        assert answer.context["filtered"] is False
    page = client.get(url, {"cot": "2"}).content.decode()
    assert "Phong trào 11–12 / 12" in page
    assert "trên cả 12 phong trào của năm" in page
    # The way back to the other columns keeps what is filtered, the order, and the rows.
    page = client.get(url, {"cot": "2", "sap": "-don-vi", "kind": "commune", "page": "1"}).content.decode()
    assert 'href="?cot=1&amp;sap=-don-vi&amp;kind=commune&amp;page=1"' in page
    assert '<input type="hidden" name="cot" value="2">' in page, "filtering keeps the columns"
    assert "Phong trào sau" not in page
    exported = client.get(url, {"xuat": "xlsx", "cot": "2"})
    head = table_of(exported)[0]
    assert head[1:] == tuple(row.name for row in twelve)


def test_the_matrix_is_filtered_by_all_campaigns_of_the_year(twelve, child, communes, officer, client_of):
    client, url = client_of(officer), reverse("year_launches", args=[2026])

    def found(muc, **more):
        return {row.unit.name for row in client.get(url, {"muc": muc} | more).context["rows"]}

    for row in twelve[1:10]:
        child.parents.add(row)
    # It still misses the eleventh, which is on the other page of columns.
    assert (found("roi"), "UBND xã Ba Sơn" in found("chua")) == (set(), True)
    child.parents.add(twelve[10])
    for cot in ("1", "2"):
        assert found("roi", cot=cot) == {"UBND xã Ba Sơn"}
        assert "UBND xã Ba Sơn" not in found("chua", cot=cot)


def test_the_filter_asks_one_question_of_many_campaigns(twelve, child, communes, bason, officer, client_of):
    """It finds whom each campaign by itself finds, those of a unit as well, and its statement does not grow with them."""
    below = [make_unit(f"thon-{n}", f"Thôn {n}", superior=communes[0], founded=day) for n, day in enumerate(
        [None, date(2026, 6, 16), None])]  # fmt: skip
    own = [make_campaign(communes[0], bason, f"Của Ba Sơn {n}", level="unit") for n in range(2)]
    make_campaign(below[2], bason, "Của thôn").parents.add(own[0])
    make_campaign(below[0], bason, "Đã dừng", state="stopped").parents.add(own[0])
    over = make_campaign(twelve[0].unit, officer, "Đã qua", ends_on=date(2026, 3, 1), interim_on=None)
    Unit.objects.filter(pk=communes[3].pk).update(ended=date(2026, 4, 1))
    units, everything = Unit.objects.all(), [*twelve, *own, over]
    for rows in ([row] for row in everything):
        launched, missing = launched_and_missing(rows, list(units))
        assert missing == set(missing_units(rows[0]).values_list("pk", flat=True)), rows
        assert launched == set(rows[0].children.held().values_list("unit", flat=True))
    launched, missing = launched_and_missing(everything, list(units))
    assert missing == {unit.pk for row in everything for unit in missing_units(row)}
    client, url = client_of(officer), reverse("year_launches", args=[2026])
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
        # What waits, for the menu: the same on every page.
        menu = max((row["sql"] for row in queries), key=len)
    for muc in ("roi", "chua"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url, {"muc": muc}).status_code == 200
            longest, count = max(len(row["sql"]) for row in queries if row["sql"] != menu), len(queries)
        assert count <= asked(client, url) + 2
        assert longest < 4500
    page = client_of(bason).get(reverse("campaign_launches", args=[own[0].pk]), {"muc": "chua"})
    assert list(rows_of(page)) == ["Thôn 0"]


@pytest.mark.parametrize("year", [0, 1999, 2101, 9999, 10**20])
def test_there_is_no_matrix_of_other_years(officer, client_of, year):
    for query in ({}, {"xuat": "xlsx"}):
        assert client_of(officer).get(reverse("year_launches", args=[year]), query).status_code == 404


def test_units_are_asked_as_they_are_today(campaign, communes):
    Unit.objects.filter(pk=communes[2].pk).update(ended=date(2026, 3, 1))
    born = make_unit("xa-moi", "UBND xã Mới", kind=Unit.Kind.COMMUNE, founded=date(2026, 3, 1))
    asked = campaign.asked_units()
    assert (communes[2] in asked, born in asked) == (False, True)
    assert set(missing_units(campaign)) == set(asked)
    before = campaign.asked_units(date(2026, 2, 1))
    assert (communes[2] in before, born in before) == (True, False)


@pytest.mark.parametrize(
    ("facts", "day"),
    [
        ({}, TODAY),
        ({"ends_on": date(2026, 5, 1), "interim_on": None}, date(2026, 5, 1)),
        ({"ends_on": date(2026, 5, 1), "interim_on": None, "state": "closed"}, date(2026, 5, 1)),
        ({"launched_on": date(2026, 7, 1)}, date(2026, 7, 1)),
        ({"state": "draft", "launched_on": None}, TODAY),
    ],
)
def test_as_of_which_day_units_are_asked(campaign, facts, day):
    for name, value in facts.items():
        setattr(campaign, name, value)
    assert campaign.asked_day == day


def test_the_unit_that_launched_is_not_asked_itself(communes, officer):
    found = make_campaign(communes[0], officer, level="nation")
    assert set(found.asked_units()) == set(communes[1:])


def test_nobody_is_reminded_of_what_does_not_go_on(campaign, officer):
    letter = papers.draft_reminder(campaign, by=officer)
    papers.hear_reminder(letter, areas.ISSUED)
    for state in ("postponed", "stopped", "closed"):
        Campaign.objects.filter(pk=campaign.pk).update(state=state)
        with pytest.raises(Refused, match="không đôn đốc nữa"):
            papers.hear_reminder(letter, areas.ISSUED)
        papers.hear_reminder(letter, areas.RECALLED)


# --- Duties that are done by launching


@pytest.fixture
def tied(campaign, child, communes, officer):
    """A duty of two communes, done by launching on the basis of ``campaign`` or of another; the first has launched."""
    duty = Duty.objects.create(document=cited("201/UBND-KGVX", "CV"), clause="1.a", words="Phát động phong trào")
    for unit in communes[:2]:
        Assignment.objects.create(duty=duty, unit=unit)
    launch_duties.tie(duty, [campaign, make_campaign(campaign.unit, officer, "Phong trào khác")], by=officer)
    return duty


def test_a_duty_is_untied_and_what_was_done_stays(tied, campaign, communes, officer, congson, client_of):
    other = Campaign.objects.get(name="Phong trào khác")
    client, url = client_of(officer), reverse("untie_launch_duty", args=[campaign.pk, tied.pk])
    assert f'href="{url}"' in client.get(reverse("campaign_launches", args=[campaign.pk])).content.decode()
    page = client.get(url).content.decode()
    for words in ("201/UBND-KGVX", "(1/2 đơn vị)", "còn gắn với «Phong trào khác»"):
        assert words in page
    seen = client.get(url).context["form"]["version"].value()
    answer = client.post(url, {"reason": " ", "version": seen})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])
    assert client.post(url, {"reason": "Gắn nhầm phong trào", "version": seen}).url == reverse(
        "campaign_launches", args=[campaign.pk]
    )
    assert list(LaunchDuty.objects.get(duty=tied).campaigns.all()) == [other]
    told = Change.objects.get(about="campaign", key=campaign.pk, act="Gỡ nhiệm vụ phát động")
    assert (told.by, told.reason) == (officer, "Gắn nhầm phong trào")
    assert "201/UBND-KGVX" in told.changes["Nhiệm vụ"][0]
    # Once more, from a page that was open: told, and nothing is done.
    for again in (client.get(url, follow=True), client.post(url, {"reason": "Lần nữa", "version": seen}, follow=True)):
        assert "không còn gắn với phong trào" in again.content.decode()
    with pytest.raises(Refused, match="không còn gắn"):
        launch_duties.untie(campaign, duty=tied, by=officer, reason="Lần nữa")
    assert "đơn vị phải tự báo" in client.get(reverse("untie_launch_duty", args=[other.pk, tied.pk])).content.decode()
    launch_duties.untie(other, duty=tied, by=officer, reason="Nhầm")
    assert not LaunchDuty.objects.exists()
    assert {row.unit: row.done_at is not None for row in tied.assignments.all()} == {
        communes[0]: True,
        communes[1]: False,
    }
    own = make_campaign(communes[1], congson, "Của Công Sơn")
    own.parents.add(campaign, other)
    launch_duties.do_duties(own, None, TODAY, congson)
    assert tied.assignments.filter(done_at=None).count() == 1
    # Tied again, it is done by who launched meanwhile.
    launch_duties.tie(tied, [other], by=officer)
    assert not tied.assignments.filter(done_at=None).exists()


def test_who_unties_a_duty(tied, campaign, turn_of, client_of):
    url, done, opened = reverse("untie_launch_duty", args=[campaign.pk, tied.pk]), [], []
    for who in PEOPLE:
        with turn_of(who) as person:
            if client_of(person).get(url).status_code == 200:
                opened.append(who)
            try:
                launch_duties.untie(campaign, duty=tied, by=person, reason="Nhầm")
                done.append(who)
            except Refused:
                pass
    assert done == opened == ["officer", "leader", "administrator"]
    with pytest.raises(Refused) as refused:
        launch_duties.untie(campaign, duty=tied, by=campaign.author, reason=" ")
    assert refused.value.field == "reason"


def test_a_duty_rests_on_several_campaigns_that_count(tied, campaign, child, communes, officer, client_of):
    """Offered until it is tied to this one; tied besides, not instead; nobody's reopened share is closed by another duty."""
    third = make_campaign(campaign.unit, officer, "Phong trào thứ ba")
    make_campaign(communes[1], officer, "Của Công Sơn").parents.add(third)
    client, url = client_of(officer), reverse("campaign_launches", args=[third.pk])
    share = tied.assignments.get(unit=communes[0])
    Assignment.objects.filter(pk=share.pk).update(done_at=None, done_by=None)
    child.parents.add(third)
    second = Duty.objects.create(document=cited("202/UBND-KGVX", "CV"), clause="2", words="Phát động đợt hai")
    own = Assignment.objects.create(duty=second, unit=communes[0])
    launch_duties.tie(second, [third], by=officer)
    share.refresh_from_db(), own.refresh_from_db()
    assert (share.done_at, own.done_at is not None) == (None, True), (
        "what was opened again is not reported by another tie"
    )
    assert list(client.get(url).context["duty_form"].fields["duty"].queryset) == [tied]
    told = client.post(reverse("tie_launch_duty", args=[third.pk]), {"duty": tied.pk}, follow=True).content.decode()
    assert "Đã gắn" in told
    assert set(LaunchDuty.objects.get(duty=tied).campaigns.all()) == {*Campaign.objects.filter(
        name__in=[campaign.name, "Phong trào khác", "Phong trào thứ ba"]
    )}  # fmt: skip
    assert tied.assignments.get(unit=communes[1]).done_at
    assert tied not in client.get(url).context["duty_form"].fields["duty"].queryset
    with pytest.raises(Refused, match="đã gắn với phong trào"):
        launch_duties.tie(tied, [third], by=officer)
    for state, words in (("stopped", "đã dừng"), ("replaced", "đã được thay thế"), ("draft", "chưa phát động")):
        Campaign.objects.filter(pk=third.pk).update(state=state, launched_on=(state != "draft" and TODAY) or None)
        new = Duty.objects.create(document=second.document, clause="3", words=f"Việc {state}")
        told = client.post(reverse("tie_launch_duty", args=[third.pk]), {"duty": new.pk}, follow=True).content.decode()
        assert f"Chưa gắn được: «Phong trào thứ ba» {words}" in told
        assert not LaunchDuty.objects.filter(duty=new).exists()
        page = client.get(url).content.decode()
        assert (f'action="{reverse("tie_launch_duty", args=[third.pk])}"' in page, "201/UBND-KGVX" in page) == (
            False,
            True,
        ), state
    for state in ("postponed", "closed"):
        Campaign.objects.filter(pk=third.pk).update(state=state, launched_on=TODAY)
        launch_duties.tie(
            Duty.objects.get(words="Việc stopped" if state == "closed" else "Việc draft"), [third], by=officer
        )


@pytest.mark.parametrize("key", ["9" * 25, "9" * 10])
def test_a_duty_that_no_database_holds_is_none(campaign, officer, client_of, key):
    url = f"{reverse('campaign', args=[campaign.pk])}nhiem-vu/{key}/go/"
    assert client_of(officer).get(url).status_code == 404


def test_the_page_of_a_duty_says_on_the_basis_of_what_to_launch(
    tied, campaign, child, communes, officer, congson, bason, client_of
):
    other = Campaign.objects.get(name="Phong trào khác")
    hidden = make_campaign(make_unit("so-kin", "Sở Kín"), officer, "KHÔNG AI THẤY", level="unit")
    LaunchDuty.objects.get(duty=tied).campaigns.add(hidden)
    shares = {row.unit: row for row in tied.assignments.all()}
    urls = {unit: reverse("duty", args=[share.pk]) for unit, share in shares.items()}
    buttons = [reverse("take_up_campaign", args=[row.pk]) for row in (campaign, other)]

    def seen(user, unit):
        client = client_of(user)
        page = client.get(urls[unit]).content.decode()
        assert "KHÔNG AI THẤY" not in page
        with CaptureQueriesContext(connection) as queries:
            assert client.get(urls[unit]).status_code == 200
        links = [
            row.get_absolute_url() for row in (campaign, other, child) if f'href="{row.get_absolute_url()}"' in page
        ]
        return links, [url for url in buttons if url in page], "thì nhiệm vụ được báo xong" in page, len(queries)

    both = [campaign.get_absolute_url(), other.get_absolute_url()]
    first = seen(congson, communes[1])
    assert first[:3] == (both, buttons, True)
    # What it launched stands in place of the button; the share is done.
    assert seen(bason, communes[0])[:3] == ([*both, child.get_absolute_url()], buttons[1:], False)
    # Who only gave the duty launches nothing for the unit.
    lines = launch_duties.part_for(shares[communes[0]], officer)[1]["lines"]
    assert [(line["campaign"], line["own"], line["may_take_up"]) for line in lines] == [
        (campaign, child, False), (other, None, False), (hidden, None, False)
    ]  # fmt: skip
    client_of(congson).post(buttons[0])
    draft = Campaign.objects.get(unit=communes[1])
    assert f'href="{draft.get_absolute_url()}"' in client_of(congson).get(urls[communes[1]]).content.decode()
    Campaign.objects.filter(pk=other.pk).update(state="stopped")
    assert seen(congson, communes[1])[1] == []
    Campaign.objects.filter(pk=other.pk).update(state="launched", ends_on=date(2026, 6, 14), interim_on=None)
    few = seen(congson, communes[1])
    assert few[1] == []
    LaunchDuty.objects.get(duty=tied).campaigns.add(
        *(make_campaign(campaign.unit, officer, f"P {n}") for n in range(5))
    )
    assert seen(congson, communes[1])[3] == few[3]
    # Nothing is left to launch on the basis of: the unit reports by itself.
    draft.delete()
    Campaign.objects.filter(launch_duties__duty=tied).update(ends_on=date(2026, 6, 14), interim_on=None)
    assert seen(congson, communes[1])[1:3] == ([], False)
    assert "không phát động" in client_of(congson).get(urls[communes[1]]).content.decode().lower()
    LaunchDuty.objects.all().delete()
    assert "Phát động trên cơ sở" not in client_of(congson).get(urls[communes[1]]).content.decode()


def test_the_list_is_filtered_by_what_its_badges_say(province, officer, client_of):
    days = [(date(2026, 6, 16), date(2026, 12, 1)), (TODAY, TODAY), (date(2026, 1, 1), date(2026, 6, 14))]
    for state in Campaign.State:
        for begins, ends in days:
            make_campaign(province, officer, f"{state} {begins}", state=state, begins_on=begins, ends_on=ends,
                          interim_on=None, final_on=None)  # fmt: skip
    found = {}
    for value, label in CampaignFilter.PHASES:
        rows = client_of(officer).get(reverse("campaigns"), {"state": value}).context["page_obj"].object_list
        assert {row.phase for row in rows} == {label}, value
        found |= {row.pk: label for row in rows}
    assert len(found) == Campaign.objects.count() == 27
    assert [label for _, label in CampaignFilter.PHASES][:5] == [
        "Dự thảo", "Đã phát động", "Đang triển khai", "Đã sơ kết", "Hết thời gian, chờ tổng kết",
    ]  # fmt: skip
