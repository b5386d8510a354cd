"""The box of addressees: what was chosen stays in its order, and a unit by its own name is told as one."""

import re

import pytest
from django.urls import reverse

from documents.drafts.forms import DocumentForm
from documents.life.actions import submit
from tests.conftest import make_unit

from ..conftest import typed

pytestmark = pytest.mark.django_db


def test_a_page_that_is_saved_as_it_is_leaves_the_order_of_its_addressees(draft, officer, other_unit, client_of):
    make_unit("ban-dan-toc", "Ban Dân tộc")
    chosen, client = ["don-vi:so-y-te", "don-vi:ban-dan-toc"], client_of(officer)
    client.post(reverse("document", args=[draft.pk]), typed(draft, addressees=chosen))
    draft.refresh_from_db()
    shown = re.findall(
        r'<option value="([^"]+)" selected', str(DocumentForm(instance=draft, user=officer)["addressees"])
    )
    assert shown == chosen
    client.post(reverse("document", args=[draft.pk]), typed(draft, addressees=[*shown, "khong-co"]))
    client.post(reverse("document", args=[draft.pk]), typed(draft, addressees=shown))
    assert draft.edits.count() == 2


def test_a_unit_by_its_own_name_is_told_as_one_and_a_group_with_its_units(draft, officer, other_unit, client_of):
    client = client_of(officer)
    client.post(reverse("document", args=[draft.pk]), typed(draft, addressees=["don-vi:so-y-te", "loai:department"]))
    draft.refresh_from_db()
    submit(draft, by=officer)
    page = client.get(reverse("document", args=[draft.pk])).content.decode()
    assert '<div class="list-group-item">Sở Y tế</div>' in page
    assert page.count('<details class="list-group-item">') == 1
