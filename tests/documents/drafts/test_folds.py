"""The page of a draft asks for little: what is right by itself is a line that opens, and is open where something is wrong."""

import pytest
from django.urls import reverse

from documents.drafts.folds import laid_out
from documents.drafts.forms import DocumentForm
from documents.models import Document, DocumentType
from documents.papers.actions import save_draft
from documents.papers.models import TYPED
from documents.papers.rules import begin

from ..conftest import typed, words

pytestmark = pytest.mark.django_db


def folds_of(form):
    """The folds of a page by their anchors."""
    parts = laid_out(form)
    return {fold.key: fold for place in ("above", "between", "below") for fold in parts[place]}


@pytest.mark.parametrize("code", ["CV", "TTr", "BC", "KH", "QĐ", "GM", "GGT", "BB"])
def test_every_field_has_one_place_and_three_stand_open(officer, province, signer, code):
    paper = begin(by=officer, type=DocumentType.objects.get(code=code), issuer=province)
    form = DocumentForm(instance=paper, user=officer)
    parts = laid_out(form)
    shown = [field.name for field in parts["asked"]] + ["body"]
    folded = [field.name for fold in folds_of(form).values() for field in fold.fields]
    assert shown == ["subject", "addressees", "body"]
    assert sorted(shown + folded) == sorted([*TYPED, "date", "addressees"])


def test_each_line_says_what_is_in_it(officer, draft):
    found = {key: fold.said for key, fold in folds_of(DocumentForm(instance=draft, user=officer)).items()}
    assert found == {
        "dau-van-ban": "Số …/UBND-KGVX · Lạng Sơn · 02/2020",
        "kinh-gui": "Các đơn vị trong cụm thi đua",
        "noi-nhan": "Như trên · Lưu: VT",
        "nguoi-ky": "Nông Văn Minh · KT. CHỦ TỊCH; PHÓ CHỦ TỊCH",
    }


def test_all_are_shut_where_everything_is_right(draft, officer, client_of):
    page = client_of(officer).get(reverse("document", args=[draft.pk])).content.decode()
    assert page.count('<details class="fold" id=') == 5
    assert " open>" not in page


def test_one_with_an_error_is_open_and_the_others_are_not(draft, officer, client_of):
    answer = client_of(officer).post(reverse("document", args=[draft.pk]), typed(draft, date="31/02/2020"))
    assert answer.status_code == 422
    assert [key for key, fold in folds_of(answer.context["form"]).items() if fold.is_open] == ["dau-van-ban"]
    assert 'id="dau-van-ban" data-nothing="" open>' in answer.content.decode()


def test_a_body_without_a_signer_is_asked_for_one(officer, province):
    paper = save_draft(Document(**words(issuer_unit=province, signer_name="", capacity="")), by=officer)
    folds = folds_of(DocumentForm(instance=paper, user=officer))
    assert (folds["nguoi-ky"].is_open, folds["nguoi-ky"].said) == (True, "")
    assert folds["nguoi-ky"].nothing == "chưa có người ký"
