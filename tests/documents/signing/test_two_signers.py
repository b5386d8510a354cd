"""Minutes are signed by chair and secretary: each at the own place, in whichever order, and not issued before both have."""

from datetime import date

import pytest
from django.urls import reverse

from documents.life import actions as moves
from documents.life.issuing import issue
from documents.life.signing import sign_with, take_back
from documents.models import Document, IssuedCopy, SignatureLook
from documents.signing import keys, looking, writing
from documents.signing.actions import given
from documents.signing.looks import words
from documents.signing.places import Box
from documents.signing.signers import signers_of
from documents.steps.refusing import Refused
from units.models import Official, Term

from . import certificates
from .certificates import PASSWORD, file_of
from .conftest import picture

pytestmark = pytest.mark.django_db
CHAIR, SECRETARY = "Nông Văn Minh", "Vi Thị Thư"
DAY = date(2020, 2, 25)


@pytest.fixture
def minutes(approved):
    """An approved paper with a second name, whose picture the office keeps too."""
    approved.second_capacity, approved.second_signer_name = "THƯ KÝ", SECRETARY
    approved.save()
    SignatureLook.objects.create(official=Official.objects.create(name=SECRETARY), content=picture(), wide=38)
    return Document.objects.get(pk=approved.pk)


def sign(document, by, name):
    with keys.from_file(file_of(name), PASSWORD) as key:
        return sign_with(document, key, by=by)


@pytest.mark.parametrize("order", [(CHAIR, SECRETARY), (SECRETARY, CHAIR)])
def test_each_signs_at_the_own_place_and_both_stay_whole(minutes, leader, clerk, order):
    sign(minutes, leader, order[0])
    assert moves.signed_pages(minutes).missing == [order[1]]
    with pytest.raises(Refused, match=f"còn thiếu của {order[1]}"):
        issue(minutes, by=clerk, day=DAY)
    assert Document.objects.get(pk=minutes.pk).number is None
    sign(minutes, leader, order[1])
    pages = moves.signed_pages(minutes)
    assert (pages.missing, pages.name, pages.second_name) == ([], CHAIR, SECRETARY)
    paper = issue(minutes, by=clerk, day=DAY)
    content = bytes(IssuedCopy.objects.get(document=paper).content)
    found = looking.signatures(content, [looking.Trust(certificates.root_der())])
    assert [(one.name, one.is_good) for one in found] == [(name, True) for name in order]
    boxes = _boxes(content)
    # The second stands at the left of the first, on one line with it.
    assert boxes["NguoiKyThuHai"][2] < boxes["NguoiKy"][0]
    assert abs(sum(boxes["NguoiKyThuHai"][1::2]) - sum(boxes["NguoiKy"][1::2])) < 2


def _boxes(pdf):
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        return {str(one.T): [float(x) for x in one.Rect] for one in document.Root.AcroForm.Fields if one.FT == "/Sig"}


def test_who_signed_does_not_sign_again_over_the_other(minutes, leader):
    for name in (CHAIR, SECRETARY):
        sign(minutes, leader, name)
    with pytest.raises(Refused, match="Hai người đã ký số"):
        sign(minutes, leader, CHAIR)


def test_a_stranger_signs_for_neither(minutes, leader):
    with pytest.raises(Refused, match="không phải của Nông Văn Minh hay Vi Thị Thư"):
        sign(minutes, leader, "Hoàng Thị Khác")
    assert moves.signed_pages(minutes) is None


def test_the_second_signs_elsewhere_what_the_first_signed_here(minutes, leader, client_of):
    sign(minutes, leader, CHAIR)
    fetched = client_of(leader).get(reverse("pages_to_sign", args=[minutes.pk])).content
    assert fetched == bytes(moves.signed_pages(minutes).signed)
    elsewhere = _elsewhere(fetched)
    assert take_back(minutes, elsewhere, by=leader) == [CHAIR, SECRETARY]
    assert moves.signed_pages(minutes).missing == []


def test_a_file_without_the_signature_that_was_there_is_refused(minutes, leader):
    sign(minutes, leader, CHAIR)
    pages = given(minutes, moves.to_sign(minutes)[0], user=leader)
    with pytest.raises(Refused, match=f"thiếu chữ ký của {CHAIR}"):
        take_back(minutes, _elsewhere(bytes(pages.given)), by=leader)


def _elsewhere(pdf):
    with keys.from_file(file_of(SECRETARY), PASSWORD) as key:
        return writing.sign(pdf, key, "Signature1", Box(0, 100, 300, 180, 340), words(["Ký"], 80, 40))


def test_of_two_of_one_name_the_one_who_signs_for_the_body_is_meant_and_nobody_guesses(minutes, leader, other_unit):
    namesake = Official.objects.create(name=SECRETARY)
    SignatureLook.objects.create(official=namesake, content=picture(), wide=38)
    with pytest.raises(Refused, match=f"Chưa có hình chữ ký của {SECRETARY}"):
        sign(minutes, leader, SECRETARY)
    own = SignatureLook.objects.filter(official__name=SECRETARY).first()
    Term.objects.create(official=namesake, unit=other_unit, post="Thư ký", since=DAY)
    assert signers_of(minutes)[1].look is None
    Term.objects.create(official=own.official, unit=minutes.issuer_unit, post="Thư ký", since=DAY)
    assert signers_of(minutes)[1].look == own


def test_the_page_says_who_is_still_to_sign(minutes, leader, client_of):
    sign(minutes, leader, CHAIR)
    client = client_of(leader)
    assert f"Còn chờ {SECRETARY}" in client.get(minutes.get_absolute_url()).content.decode()
    assert f"Còn chờ {SECRETARY} ký" in client.get(reverse("sign", args=[minutes.pk])).content.decode()
