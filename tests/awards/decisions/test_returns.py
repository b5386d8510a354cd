"""Money and items of cancelled awards: what came back, what is still out, who sees it."""

import io
from datetime import date

import openpyxl
import pdfplumber
import pytest
from django.urls import reverse

from awards.decisions import cancelling, returns
from awards.models import Cancellation, Office, Return
from documents.models import history_of
from documents.steps.refusing import Refused
from tests.awards.conftest import give, make_recipient

pytestmark = pytest.mark.django_db
Standing = Cancellation.Standing
DAY = date(2025, 3, 10)
BACK = {"day": DAY, "giver": "Nguyễn Văn Mẫu", "paper": "Biên bản số 1"}


@pytest.fixture
def award(types, officer, other_unit):
    return give(make_recipient(name="Nguyễn Văn Mẫu", unit=other_unit), "CSTDT", 2024, officer)


def cancelled(award, by, amount=1000, items="Bằng, huy hiệu"):
    told = {"number": "9/QĐ-UBND", "day": date(2025, 3, 2), "ground": "false-merits", "reason": "Gian dối"}
    return cancelling.cancel(award, by=by, amount=amount, items=items, **told)


def stands(award):
    found = returns.cancellation_of(award)
    return found.standing, found.amount_left, found.items_left


def test_money_comes_back_in_parts_and_items_once(award, officer):
    cancelled(award, officer)
    assert stands(award) == (Standing.OUT, 1000, "Bằng, huy hiệu")
    returns.take_back(award, by=officer, amount=400, **BACK)
    assert stands(award) == (Standing.PART, 600, "Bằng, huy hiệu")
    with pytest.raises(Refused, match="còn phải thu"):
        returns.take_back(award, by=officer, amount=601, **BACK)
    returns.take_back(award, by=officer, all_items=True, **BACK)
    assert stands(award) == (Standing.PART, 600, "")
    returns.take_back(award, by=officer, amount=600, **BACK)
    assert stands(award) == (Standing.BACK, 0, "")
    with pytest.raises(Refused, match="Đã thu hồi đủ"):
        returns.take_back(award, by=officer, amount=1, **BACK)
    note = history_of("decision", award.decision_id).first()
    assert (note.what, note.of, note.by) == ("take_back", award.pk, officer)
    assert "600 đồng" in str(note.changes)


def test_items_come_back_one_by_one(award, officer, client_of):
    cancelled(award, officer, amount=None)
    client, page = client_of(officer), reverse("award", args=[award.pk])

    def back(**typed):
        form = next(form for step, form in client.get(page).context["steps"] if step.what == "take_back")
        told = {
            "act": "take_back",
            "version": form.initial["version"],
            "day": "10/03/2025",
            "giver": "A",
            "paper": "BB",
        }
        return client.post(reverse("award_step", args=[award.pk]), told | typed)

    for nothing in ({}, {"parts": ["Cờ"]}):
        assert back(**nothing).status_code == 422
    assert back(parts=["huy hiệu"]).status_code == 302
    assert stands(award) == (Standing.PART, 0, "Bằng")
    assert [row.award for row in Cancellation.objects.told().with_returns().still_out()] == [award]
    returns.undo_return(award, by=officer, reason="Nhầm")
    assert stands(award) == (Standing.OUT, 0, "Bằng, huy hiệu")
    back(parts=["huy hiệu"])
    back(parts=["Bằng"])
    assert stands(award) == (Standing.BACK, 0, "")
    told = client.get(page).content.decode()
    assert all(words in told for words in ("A nộp", "huy hiệu", "Bằng (đủ)"))
    returns.undo_return(award, by=officer, reason="Nhầm")
    assert stands(award) == (Standing.PART, 0, "Bằng")


def test_of_what_is_restored_that_is_owed_which_had_come_back(types, officer):
    award = give(make_recipient(name="Lý A"), "NGUT", 2024, officer, office=Office.objects.get(code="president"))
    told = {"number": "9/QĐ-CTN", "day": date(2025, 3, 2), "reason": "Bản án", "by": officer}
    cancelling.strip(award, ground="prison", amount=None, items="Bằng, huy hiệu", **told)
    returns.take_back(award, by=officer, parts=["huy hiệu"], **BACK)
    cancelling.reinstate(award, ground="restore", **told | {"number": "12/QĐ-CTN", "day": date(2025, 6, 1)})
    assert stands(award) == (Standing.OWED, 0, "huy hiệu")
    assert Cancellation.objects.told().with_returns().still_out().exists()
    returns.give_back(award, by=officer, all_items=True, **BACK | {"day": date(2025, 6, 2)})
    assert stands(award) == (Standing.GIVEN, 0, "")
    assert not Cancellation.objects.told().with_returns().still_out().exists()


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"day": date(2150, 1, 1)}, "day", "chưa đến"),
        ({"day": date(2025, 3, 1)}, "day", "Trước ngày ký"),
        ({"amount": None}, "amount", "Hãy ghi số tiền"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(award, officer, change, field, words):
    cancelled(award, officer)
    with pytest.raises(Refused, match=words) as refused:
        returns.take_back(award, by=officer, **BACK | {"amount": 5} | change)
    assert refused.value.field == field
    assert not Return.objects.exists()


def test_only_what_was_cancelled_and_given_comes_back(award, officer):
    with pytest.raises(Refused, match="chưa hủy"):
        returns.take_back(award, by=officer, amount=1, **BACK)
    cancelled(award, officer, amount=None, items="")
    assert stands(award)[0] == Standing.NOTHING
    with pytest.raises(Refused, match="không ghi gì phải thu hồi"):
        returns.take_back(award, by=officer, amount=1, **BACK)


def test_a_mistake_is_taken_out_and_keeps_the_cancellation_meanwhile(award, officer):
    cancelled(award, officer)
    returns.take_back(award, by=officer, amount=400, **BACK)
    returns.take_back(award, by=officer, amount=500, **BACK)
    with pytest.raises(Refused, match="gỡ việc thu hồi trước"):
        cancelling.restore(award, by=officer, reason="Ghi nhầm")
    returns.undo_return(award, by=officer, reason="Ghi nhầm")
    assert stands(award)[1] == 600
    assert "500 đồng" in str(history_of("decision", award.decision_id).first().changes)
    returns.undo_return(award, by=officer, reason="Ghi nhầm")
    with pytest.raises(Refused, match="Chưa ghi"):
        returns.undo_return(award, by=officer, reason="Ghi nhầm")
    cancelling.restore(award, by=officer, reason="Ghi nhầm")


def test_the_form_asks_what_is_out(award, officer, client_of):
    cancelled(award, officer)
    client, page = client_of(officer), reverse("award", args=[award.pk])
    form = next(form for step, form in client.get(page).context["steps"] if step.what == "take_back")
    assert (form.initial["amount"], form.fields["parts"].choices) == (
        1000,
        [("Bằng", "Bằng"), ("huy hiệu", "huy hiệu")],
    )
    told = {
        "act": "take_back",
        "version": form.initial["version"],
        "day": "10/03/2025",
        "giver": "Bà Mẫu",
        "paper": "BB 1",
    }
    refused = client.post(reverse("award_step", args=[award.pk]), told | {"amount": "2.000"})
    assert refused.status_code == 422
    assert "còn phải thu" in refused.content.decode()
    client.post(reverse("award_step", args=[award.pk]), told | {"amount": "1.000"})
    form = next(form for step, form in client.get(page).context["steps"] if step.what == "take_back")
    assert "amount" not in form.fields
    shown = client.get(page).content.decode()
    assert "Bà Mẫu" in shown
    assert "Thu hồi một phần" in shown


def test_the_list_tells_what_is_out_to_those_who_may_see_it(award, officer, unit_officer, stranger, client_of):
    cancelled(award, officer)
    other = give(make_recipient(name="Lý B"), "CSTDT", 2024, officer)
    cancelled(other, officer, amount=None, items="")
    address = reverse("cancellations")

    def seen(user, **asked):
        return [row.award_id for row in client_of(user).get(address, asked).context["page_obj"].object_list]

    assert set(seen(officer)) == {award.pk, other.pk}
    assert seen(officer, con="con") == [award.pk]
    assert seen(officer, con="du") == [other.pk]
    assert seen(officer, q="nguyen mau") == [award.pk]
    assert (seen(unit_officer), seen(stranger)) == ([award.pk], [])
    assert client_of(stranger).get(reverse("award", args=[award.pk])).status_code == 404
    for user, count in ((unit_officer, 1), (stranger, 0)):
        out = client_of(user).get(address, {"xuat": "xlsx"})
        sheet = openpyxl.load_workbook(io.BytesIO(out.content)).active
        assert sum(row[0].value == "Nguyễn Văn Mẫu" for row in sheet.iter_rows()) == count
    returns.take_back(award, by=officer, amount=1000, all_items=True, **BACK)
    assert seen(officer, con="con") == []


def test_what_came_back_is_handed_over_again_when_an_honour_is_restored(types, officer, client_of):
    president = Office.objects.get(code="president")
    award = give(make_recipient(name="Lý A"), "NGUT", 2024, officer, office=president)
    told = {"number": "9/QĐ-CTN", "day": date(2025, 3, 2), "reason": "Bản án", "by": officer}
    cancelling.strip(award, ground="prison", amount=500, items="Huy hiệu", **told)
    returns.take_back(award, by=officer, amount=200, all_items=True, **BACK)
    cancelling.reinstate(award, ground="restore", **told | {"number": "12/QĐ-CTN", "day": date(2025, 6, 1)})
    assert stands(award) == (Standing.OWED, 200, "Huy hiệu")
    address = reverse("cancellations")
    assert len(client_of(officer).get(address, {"con": "con"}).context["page_obj"].object_list) == 1
    with pytest.raises(Refused, match="Trước ngày ký"):
        returns.give_back(award, by=officer, amount=200, **BACK)
    day = BACK | {"day": date(2025, 6, 2)}
    with pytest.raises(Refused, match="còn phải trao lại"):
        returns.give_back(award, by=officer, amount=201, **day)
    returns.give_back(award, by=officer, amount=200, **day)
    assert stands(award) == (Standing.OWED, 0, "Huy hiệu")
    returns.give_back(award, by=officer, all_items=True, **day)
    assert stands(award) == (Standing.GIVEN, 0, "")
    assert len(client_of(officer).get(address, {"con": "con"}).context["page_obj"].object_list) == 0
    returns.undo_return(award, by=officer, reason="Nhầm")
    assert stands(award) == (Standing.OWED, 0, "Huy hiệu")
    assert "trao lại cho Nguyễn Văn Mẫu" in client_of(officer).get(reverse("award", args=[award.pk])).content.decode()


def test_what_is_still_out_goes_on_paper(award, officer, client_of):
    address = reverse("cancellations")
    client = client_of(officer)
    nothing = client.get(address, {"xuat": "pdf"}, follow=True)
    assert "Không còn gì phải thu hồi" in nothing.content.decode()
    cancelled(award, officer)
    answer = client.get(address, {"xuat": "pdf", "con": "con"})
    assert answer.headers["Content-Type"] == "application/pdf"
    with pdfplumber.open(io.BytesIO(answer.content)) as book:
        words = " ".join(book.pages[0].extract_text().split())
    assert "Nguyễn Văn Mẫu" in words
    assert "Cộng phải thu hồi (một 1.000 nghìn đồng)" in words
