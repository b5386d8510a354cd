"""No page asks the database the same question twice: all main pages of the sample data, as each role sees them."""

from collections import Counter
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import resolve, reverse

from units.models import User

from .walk import opened, visit

pytestmark = pytest.mark.usefixtures("sample", "db")
# Of pages with the same address but for their numbers, so many are opened.
OF_A_KIND = 2
PEOPLE = ["chuyenvien", "lanhdao", "truongcum", "donvi", "uyvien"]
# Two requests in one: a file is sent, or the session ends.
NOT_PAGES = {
    "logout",
    "document_pdf",
    "document_word",
    "document_duplex",
    "document_source",
    "job_result",
    "upload",
    "scan",
}


class _Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        href = dict(attrs).get("href") or ""
        if tag == "a" and href.startswith("/") and not href.startswith("/admin/"):
            self.found.append(href)


def walk(username):
    """{address: questions asked twice} of the pages that links lead to from the first one, ``OF_A_KIND`` of each kind."""
    client, waiting, seen, found = Client(), [reverse("home")], Counter(), {}
    user = User.objects.get(username=username)
    client.force_login(user)
    while waiting:
        address = waiting.pop(0)
        match = resolve(urlsplit(address).path)
        kind = match.route, urlsplit(address).query[:6]
        if match.url_name in NOT_PAGES or seen[kind] == OF_A_KIND:
            continue
        seen[kind] += 1
        answer = opened(client, user, address)
        if answer.twice:
            found[address] = answer.twice
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            links = _Links()
            links.feed(answer.content.decode())
            waiting += [link for link in links.found if link not in waiting]
    assert len(seen) > 15
    return found


@pytest.mark.parametrize("username", PEOPLE)
def test_no_page_asks_the_same_question_twice(username):
    assert walk(username) == {}


def test_no_list_of_the_back_office_asks_the_same_question_twice(quantri):
    names = [f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist" for model in admin.site._registry]
    found = {name: visit(quantri, reverse(name)).twice for name in names}
    assert {name: twice for name, twice in found.items() if twice} == {}


def test_the_list_of_units_asks_a_handful_of_questions(quantri, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        quantri.get(reverse("admin:units_unit_changelist"))
