"""Our paper is recalled, replaced, changed: the package that says so leaves as the register has it, to whom it had gone."""

import pytest
from django.urls import reverse

from documents.drafts.copies import replace as replacing
from documents.exchange.edxml import NEW, RECALL, REPLACE, UPDATE
from documents.exchange.packing import pack
from documents.exchange.reading import parsed
from documents.exchange.rules import businesses, key_on_axis, likely_receivers, why
from documents.models import AxisOrgan, Change, Effect, IssuedCopy
from documents.steps.refusing import Refused
from tests.documents.issued import issue_letter, recall

pytestmark = pytest.mark.django_db


def test_a_paper_that_holds_is_not_recalled_over_the_axis(issued, organs, clerk):
    with pytest.raises(Refused, match="«Đã ban hành» nên không gửi gói «Thu hồi»"):
        pack(issued, organs, by=clerk, business=RECALL, reason="Nhầm")


def test_a_recalled_paper_leaves_as_a_recall_with_the_letter_that_recalls_it(
    issued, organs, officer, leader, clerk, client_of
):
    pack(issued, organs[:1], by=clerk)
    recall(issued, officer, leader, clerk)
    Effect.objects.filter(target=issued).update(reason="Nhầm số liệu")
    assert businesses(issued) == [RECALL]
    assert [*likely_receivers(issued, RECALL)] == organs[:1]
    with pytest.raises(Refused, match="lý do") as refused:
        pack(issued, organs[:1], by=clerk, business=RECALL)
    assert refused.value.field == "reason"
    with pytest.raises(Refused, match="chưa nhận văn bản này qua trục") as refused:
        pack(issued, organs, by=clerk, business=RECALL, reason="Nhầm")
    assert refused.value.field == "organs"
    (row,) = pack(issued, organs[:1], by=clerk, business=RECALL, reason=why(issued, RECALL))
    found = parsed(bytes(row.content))
    assert (found.business, found.reason, found.about) == (RECALL, "Nhầm số liệu", (key_on_axis(issued),))
    letter = issued.affected_by.get().paper
    assert found.files[0].content == bytes(IssuedCopy.objects.get(document=letter).content)
    # The page of the letter leads there.
    assert (
        f'href="{reverse("axis", args=[issued.pk])}"'
        in client_of(clerk).get(reverse("axis", args=[letter.pk])).content.decode()
    )


def test_what_takes_its_place_names_it_and_goes_to_whom_it_had_gone(issued, organs, officer, leader, clerk, client_of):
    pack(issued, organs[:1], by=clerk)
    new = issue_letter(replacing(issued, by=officer, reason="Sai biểu"), officer, leader, clerk, units=[organs[1].unit])
    issued.refresh_from_db()
    assert businesses(issued) == []
    old_page = client_of(clerk).get(reverse("axis", args=[issued.pk])).content.decode()
    assert f'href="{reverse("axis", args=[new.pk])}"' in old_page
    assert 'name="organs"' not in old_page
    assert businesses(new) == [REPLACE]
    assert {*likely_receivers(new, REPLACE)} == {*organs}
    (row,) = pack(new, organs, by=clerk, business=REPLACE, reason=why(new, REPLACE))
    found = parsed(bytes(row.content))
    assert (found.business, found.reason, found.about) == (REPLACE, "Sai biểu", (key_on_axis(issued),))
    assert b"<OrganIdList>" in bytes(row.content)
    assert businesses(new) == [REPLACE, UPDATE]


def test_nobody_gets_a_new_paper_twice_and_only_who_has_it_gets_an_update(issued, organs, clerk, client_of):
    pack(issued, organs[:1], by=clerk)
    with pytest.raises(Refused, match="đã có gói của văn bản này"):
        pack(issued, organs, by=clerk)
    assert [*likely_receivers(issued, NEW)] == organs[1:]
    with pytest.raises(Refused, match="chưa nhận văn bản này qua trục"):
        pack(issued, organs, by=clerk, business=UPDATE, reason="Thêm bản ký số")
    page = client_of(clerk).get(reverse("axis", args=[issued.pk]), {"nghiep-vu": UPDATE}).content.decode()
    assert f'<option value="{organs[0].pk}" selected>' in page
    assert 'name="reason"' in page


def test_urgency_pages_and_appendices_go_along(issued, organs, clerk):
    issued.urgency = "KHẨN"  # as it was drafted; what was issued is not changed by this
    found = parsed(bytes(pack(issued, organs, by=clerk)[0].content))
    assert (found.urgency, found.pages) == ("KHẨN", IssuedCopy.objects.get(document=issued).pages)


def test_the_log_names_the_first_receivers_and_how_many_more_there_are(issued, clerk):
    organs = AxisOrgan.objects.bulk_create(
        AxisOrgan(code=f"000.{number:03d}.00.H37", name=f"UBND xã tên rất dài số {number}") for number in range(200)
    )
    pack(issued, organs, by=clerk)
    told = Change.objects.get(what="package").reason
    assert told.endswith("và 192 nơi khác")
