"""What was reached of a pact; its printed sheet."""

import io
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pdfminer.high_level import extract_text

from clusters.models import Reached, Target
from clusters.pacts import actions as pacts
from clusters.pacts import papers as pact_papers
from clusters.pacts import parties, printing
from clusters.pacts.results import sums_of
from clusters.pacts.rules import own_parties
from documents.models import Job
from documents.steps.refusing import Refused

from ...documents.jobs.workers import done_by_worker
from ...exported import exported_rows
from .made import again, sign_all, target

# --- The year's end


def test_what_was_reached_is_set_against_what_was_promised(opened, eight, officers, client_of, who):
    counted, share = opened.targets.all()
    for user, own in ((eight["member"], "20"), (eight["deputy_unit"], None)):
        party = own_parties(again(opened), user)[0]
        parties.register(party, aims=[], figures={counted.pk: own and Decimal(own)}, by=user)
    pact = sign_all(opened, officers)
    party = own_parties(pact, eight["member"])[0]
    url = reverse("report_pact", args=[pact.pk, party.pk])
    sent = {
        "version": party.version,
        f"reached_{counted.pk}": "15,5",
        f"reached_{share.pk}": "99",
        f"note_{share.pk}": "Vượt",
    }
    client = client_of(eight["member"])
    assert client.post(url, sent | {f"reached_{counted.pk}": "15.5"}).status_code == 422
    assert client.post(url, sent).status_code == 302
    other = own_parties(pact, eight["deputy_unit"])[0]
    parties.report(other, results={counted.pk: (Decimal(5), ""), share.pk: (Decimal(98), "")}, by=eight["deputy_unit"])
    sums = sums_of(pact, list(pact.parties.select_related("membership__unit")))
    # Four parties: 20 of its own, and three times the common 5; two have told.
    assert (sums[0].planned, sums[0].reached, sums[0].percent) == (35, Decimal("20.5"), Decimal("58.6"))
    # Hundredths are averaged.
    assert (sums[1].planned, sums[1].reached, sums[1].percent) == (98, Decimal("98.50"), Decimal("100.5"))
    line = next(row for row in sums[0].lines if row.party == party)
    assert (line.planned, line.percent, line.is_own) == (20, Decimal("77.5"), True)


def test_of_nothing_planned_all_was_reached_or_nobody_knows(signed, eight):
    counted = signed.targets.first()
    Target.objects.filter(pk=counted.pk).update(planned=0)
    party = own_parties(signed, eight["member"])[0]
    for reached, expected in ((Decimal(0), Decimal(100)), (Decimal(2), None)):
        parties.report(party, results={counted.pk: (reached, "")}, by=eight["member"])
        assert sums_of(signed, [party])[0].lines[0].percent == expected


def test_a_party_tells_and_sees_its_own_results_and_the_department_and_the_leader_see_all(
    signed, eight, officers, client_of
):
    counted = signed.targets.first()
    for row in signed.parties.select_related("membership"):
        user = officers[row.membership.unit_id]
        parties.report(row, results={counted.pk: (Decimal(3), "")}, by=user)
    url = reverse("pact_results", args=[signed.pk])

    def units(role):
        return {row[2] for row in exported_rows(client_of(eight[role]).get(url, {"xuat": "xlsx"}))}

    mine = {str(eight["member"].unit)}
    names = {str(row) for row in signed.parties.all()}
    assert units("member") == mine
    for role in ("officer", "leader", "administrator", "leader_unit", "deputy_unit"):
        assert units(role) == names | {"Cộng", "Bình quân"}
    page = client_of(eight["member"]).get(url).content.decode()
    assert [name for name in names if name in page] == list(mine)


def test_figures_are_numbers_in_the_spreadsheet(signed, eight, officer, client_of):
    counted = signed.targets.first()
    party = own_parties(signed, eight["member"])[0]
    parties.report(party, results={counted.pk: (Decimal("3.5"), "ghi chú")}, by=eight["member"])
    url = reverse("pact_results", args=[signed.pk])
    rows = exported_rows(client_of(officer).get(url, {"xuat": "xlsx"}))
    assert (counted.content, "sáng kiến", str(party), 5, 3.5, 70, "ghi chú") in rows


def test_results_wait_for_all_signatures(opened, eight):
    party = own_parties(opened, eight["member"])[0]
    with pytest.raises(Refused, match="khi giao ước đang ở bước «Chờ các bên ký»"):
        parties.report(party, results={}, by=eight["member"])


def test_the_database_holds_no_result_below_zero(signed):
    party, counted = signed.parties.first(), signed.targets.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Reached.objects.create(party=party, target=counted, reached=-1)


# --- Printed


def test_the_sheet_prints_targets_aims_signatures_and_the_confirmation(opened, officers, eight, officer):
    own = opened.targets.first()
    party = own_parties(opened, eight["member"])[0]
    parties.register(
        party, aims=[("Tập thể lao động xuất sắc", 3)], figures={own.pk: Decimal("1250.5")}, by=eight["member"]
    )
    pact = sign_all(opened, officers)
    text = " ".join(extract_text(io.BytesIO(pact_papers.pdf(pact))).split())
    for words in (
        "CỤM CÁC XÃ PHÍA BẮC",
        "Lạng Sơn, ngày 16 tháng 3 năm 2026",
        "GIAO ƯỚC THI ĐUA Năm 2026 của Cụm các xã phía Bắc",
        "Căn cứ Thông báo số 109/TB-UBND",
        "Sáng kiến được công nhận",
        "1.250,5",
        "Tập thể lao động xuất sắc (03)",
        "Nông Văn Ký",
        "16/3/2026",
        "XÁC NHẬN CỦA HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG TỈNH",
        "ngày … tháng … năm 2026",
    ):
        assert words in text
    assert "DỰ THẢO" not in text


def test_a_draft_says_that_it_is_one_and_a_confirmed_pact_who_confirmed_it(pact, client_of, who):
    response = client_of(who).get(reverse("pact_sheet", args=[pact.pk]))
    assert response["Content-Type"] == "application/pdf"
    assert "DỰ THẢO" in extract_text(io.BytesIO(response.content))


def test_a_sheet_with_many_figures_is_set_by_a_worker(pact, client_of, who, monkeypatch):
    client, address = client_of(who), reverse("pact_sheet", args=[pact.pk])
    assert f'action="{address}"' not in client.get(pact.get_absolute_url()).content.decode()
    monkeypatch.setattr(printing, "LONGEST_AT_ONCE", 1)
    assert f'action="{address}"' in client.get(pact.get_absolute_url()).content.decode()
    assert client.get(address).url == pact.get_absolute_url()
    assert not Job.objects.exists(), "a link asks for nothing"
    response = client.post(address)
    job = Job.objects.get()
    assert (response.url, job.title, job.state) == (job.get_absolute_url(), f"In {pact.title}", "waiting")
    done_by_worker()
    job.refresh_from_db()
    assert (job.state, job.percent) == ("done", 100)
    assert "DỰ THẢO" in extract_text(io.BytesIO(job.result.read()))


def test_the_sheet_of_a_confirmed_pact_tells_who_confirmed_it_and_by_which_paper(confirmed):
    text = " ".join(extract_text(io.BytesIO(pact_papers.pdf(confirmed))).split())
    assert "ngày 27 tháng 3 năm 2026" in text
    assert "(theo Thông báo số 05/TB-HĐ)" in text
    assert "Thường trực Hội đồng" in text


def test_what_is_typed_is_text_on_the_sheet(pact, who):
    pacts.write(pact, targets=[target("<b>đậm</b> & 5 < 6", "{{x}}")], by=who)
    text = extract_text(io.BytesIO(pact_papers.pdf(again(pact))))
    assert "<b>đậm</b> & 5 < 6" in " ".join(text.split())
