"""What chips of citations are told: what is printed, what is unknown, what cannot be relied on on the paper's day."""

import json

import pytest
from django.urls import reverse

from documents.models import Document

from ..desk.test_desk import cited


def names(client, keys, day=""):
    """The answer for ``keys``."""
    return client.post(reverse("cite_names"), {"keys": json.dumps(keys), "ngay": day})


def test_names_of_what_is_known_and_nothing_of_what_is_not(client_of, officer, django_assert_max_num_queries):
    cited("50/BC-UBND")
    client = client_of(officer)
    found = names(client, ["50/BC-UBND", "50/BC-UBND 17/02/2020", "51/BC-UBND"], "25/02/2020").json()
    assert found["50/BC-UBND"]["short"] == "Công văn số 50/BC-UBND"
    assert found["50/BC-UBND"]["long"].startswith("Công văn số 50/BC-UBND ngày 17 tháng 02 năm 2020 của ")
    assert found["50/BC-UBND"]["doubt"] == ""
    assert found["50/BC-UBND 17/02/2020"] == found["50/BC-UBND"]
    assert found["51/BC-UBND"] is None
    with django_assert_max_num_queries(8):
        names(client, [f"{number}/BC-UBND" for number in range(200)])


def test_what_ended_or_is_younger_is_doubtful_on_the_day_of_the_paper(client_of, officer):
    cited("50/BC-UBND", state=Document.State.REPLACED)
    cited("60/BC-UBND")
    client = client_of(officer)
    assert names(client, ["50/BC-UBND"], "25/02/2020").json()["50/BC-UBND"]["doubt"] == "đã bị thay thế"
    later = names(client, ["60/BC-UBND"], "01/02/2020").json()["60/BC-UBND"]
    assert later["doubt"] == "có ngày sau văn bản này (01/02/2020)"
    assert names(client, ["60/BC-UBND"], "hôm qua").json()["60/BC-UBND"]["doubt"] == ""


@pytest.mark.parametrize("keys", ["{", "5", "[5]", '["a\\u0000"]', json.dumps(["a" * 201]), json.dumps(["a"] * 301)])
def test_keys_that_are_none_are_refused(client_of, officer, keys):
    assert client_of(officer).post(reverse("cite_names"), {"keys": keys}).status_code == 400


def test_only_who_writes_may_ask(client_of, store_keeper):
    assert names(client_of(store_keeper), []).status_code == 403
