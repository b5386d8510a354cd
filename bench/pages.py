"""What do the twelve main pages cost? Each in processor time, as a multiple of a page of the desk with nothing on it.

    bin/with-postgresql .venv/bin/python bench/pages.py [account] [rounds]

On the demonstration's data, all pages in turn in each round, so that what slows the machine slows them alike. Beside the
multiple of the empty page (a session, an account, the frame with menu and search box) stands that of an empty answer, which
has no frame either, and the number of queries. Ends with a line of name=value.
"""

import statistics
import sys
import time
from datetime import date
from unittest import mock

from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from sizes import Database  # sets Django up, before any model is imported

from campaigns.models import Campaign
from clusters.models import Cluster, Division
from config import urls
from documents.models import Document
from units.models import User

PERSON = sys.argv[1] if len(sys.argv) > 1 else "chuyenvien"
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 40
# What the first page and a draft may cost, as multiples of an empty page.
BOUNDS = {"home": 8, "draft": 10}


def answer(request):
    """No page at all."""
    return HttpResponse()


def empty(request):
    """A page with nothing on it."""
    return render(request, "page.html")


urls.urlpatterns += [path("rong/", answer), path("trang-rong/", empty)]


def demonstration():
    """The data of the demonstration."""
    database = Database("pages")
    # Papers are issued with a few bytes in place of pages: setting them takes minutes, and no page here opens one.
    pages_for = mock.patch("documents.life.issuing.set_pages", return_value=(b"%PDF-1.7 for measuring", ()))
    with database.used(), pages_for, mock.patch("documents.life.issuing.page_count", return_value=1):
        for command in ("load_sample_data", "load_sample_clusters", "load_sample_campaigns"):
            call_command(command, verbosity=0)
    database.settle()
    return database


def pages():
    """{name: address}."""
    year = Division.objects.filter(state=Division.State.IN_FORCE).latest("year").year
    draft = Document.objects.filter(state=Document.State.DRAFT, author__username=PERSON).earliest("dated")
    seen = Document.objects.open_to(User.objects.select_related("unit").get(username=PERSON))
    issued = seen.filter(state=Document.State.ISSUED, origin=Document.Origin.OURS).latest("pk")
    campaign = Campaign.objects.exclude(level=Campaign.Level.UNIT).exclude(state=Campaign.State.DRAFT).latest("pk")
    return {
        "answer": "/rong/",
        "empty": "/trang-rong/",
        "home": reverse("home"),
        "draft": draft.get_absolute_url(),
        "issued": issued.get_absolute_url(),
        "documents": reverse("documents"),
        "received": reverse("received"),
        "duties": reverse("duties"),
        "book": f"{reverse('book_out')}?tu=01/01/2020&den={date.today():%d/%m/%Y}",
        "units": reverse("units"),
        "find": f"{reverse('find')}?q=so+lao+dong",
        "division": reverse("division", args=[year]),
        "cluster": Cluster.objects.filter(division__year=year, parts=None).first().get_absolute_url(),
        "campaign": campaign.get_absolute_url(),
    }


def cost(database, address) -> float:
    """Seconds of the processor that one request takes."""
    started = time.process_time()
    database.get(PERSON, address)
    return time.process_time() - started


def main():
    """All pages in turn, then what each costs."""
    call_command("collectstatic", interactive=False, verbosity=0)
    database = demonstration()
    with database.used():
        addresses = pages()
    asked = {name: database.queries(PERSON, address) for name, address in addresses.items()}
    taken = {name: [] for name in addresses}
    for _ in range(ROUNDS):
        for name, address in addresses.items():
            taken[name].append(cost(database, address))
    middle = {name: statistics.median(times) for name, times in taken.items()}
    print(f"Pages of {PERSON} on {connection.vendor}, processor time, medians of {ROUNDS} rounds")
    print(f"{'':12}{'':>9}   × page  × answer  queries")
    for name, seconds in middle.items():
        multiples = f"{seconds / middle['empty']:9.1f}{seconds / middle['answer']:10.1f}"
        print(f"{name:12}{1000 * seconds:6.1f} ms{multiples}{asked[name]:9}")
    over = [name for name, most in BOUNDS.items() if middle[name] / middle["empty"] > most]
    print(f"Too dear: {', '.join(over) or 'none'}")
    multiples = " ".join(f"{name}={seconds / middle['empty']:.1f}" for name, seconds in middle.items())
    print(f"empty_ms={1000 * middle['empty']:.1f} {multiples}")


if __name__ == "__main__":
    main()
