"""Is the door quick, and does it lose nobody? 1,000 people through three doors, with all that goes wrong; and what it costs.

    bin/with-postgresql .venv/bin/python bench/door.py [RUNS]
    .venv/bin/python bench/door.py [RUNS]                       # SQLite in a folder of its own

Each run has a database of its own, gunicorn as in real use, and three browsers: wrong clocks, broken lines, lost answers, pages
loaded anew, a browser and twice the server killed by SIGKILL. What is told of a run must be nothing. Then the server's cost of a
phone's question, of scans and of the page of who is there: processor milliseconds of this process, medians.
"""

import os
import shutil
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="bench-door-"))
os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER / 'door.sqlite3'}")
os.environ["DATA_DIR"] = str(FOLDER)
# Playwright's synchronous interface runs an event loop in this thread.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from sizes import Database  # noqa: E402  sets Django up, before any model is imported

from conferences.models import Delegation, Door, Event  # noqa: E402
from tests.conferences.door.conftest import Phone, card, make_congress, make_door, make_people  # noqa: E402
from tests.conferences.door.three_doors import Play, Server  # noqa: E402
from tests.conftest import make_unit, make_user  # noqa: E402
from units.models import Role, Unit  # noqa: E402

PEOPLE, DELEGATIONS, KILLS, ROUNDS = 1000, 40, 2, 30


def congress():
    """A congress with its people and three doors."""
    province = make_unit("ubnd-tinh", "UBND tỉnh", kind=Unit.Kind.PROVINCE)
    officer = make_user("can-bo", "Lê Văn Cán", Role.OFFICER, make_unit("so-noi-vu", "Sở Nội vụ"))
    event = make_congress(province, officer)
    units = [make_unit(f"xa-{place}", f"Xã số {place}", kind=Unit.Kind.COMMUNE) for place in range(DELEGATIONS)]
    groups = [Delegation.objects.create(event=event, unit=unit) for unit in units]
    people = make_people(event, PEOPLE, officer, groups)
    return event, people, [make_door(event, officer, f"Cửa {place}") for place in (1, 2, 3)], officer


def played(playwright, number):
    """One run; what it tells."""
    _, people, doors, _ = congress()
    server = Server([sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py"])
    settings.PUBLIC_ADDRESS = server.address
    play = Play(playwright.chromium, server, doors, people, FOLDER / f"phones-{number}", seed=number, kills=KILLS)
    server.start()
    try:
        server.wait()
        began = time.perf_counter()
        play.run()
        seconds = time.perf_counter() - began
        judged = play.judged()
    finally:
        play.close()
        server.kill()
    took = sorted(took for phone in play.phones for took in phone.took)
    fast, slow = statistics.median(took), took[int(len(took) * 0.99)]
    told = (", ".join(f"{what} {times}" for what, times in found.items()) for found in (play.tally, judged))
    print(f"{number}: {play.all} scans in {seconds:.0f} s", *told, sep="\n   ")
    print(f"   card to verdict: median {fast:.1f} ms, 99 % {slow:.0f}, worst {took[-1]:.0f}")
    return not any(judged.values())


def cost(act) -> tuple[float, float]:
    """Milliseconds of the processor and of the clock, medians."""
    cpu, clock = [], []
    for _ in range(ROUNDS):
        worked, began = time.process_time(), time.perf_counter()
        act()
        cpu.append(1000 * (time.process_time() - worked))
        clock.append(1000 * (time.perf_counter() - began))
    return statistics.median(cpu), statistics.median(clock)


def costs(visitor):
    """What is asked most often."""
    event = Event.objects.get()
    people, phone = list(event.delegates.order_by("pk")), Phone(Door.objects.first())
    answer = phone.ask("door_people", method="get")
    page = f"/hoi-nghi/{event.pk}/diem-danh/luc-nay/"
    tag = visitor.get(page)["ETag"]
    asked = {
        f"the list of {PEOPLE} ({len(answer.content) // 1000} kB)": lambda: phone.ask("door_people", method="get"),
        "the list, unchanged": lambda: phone.ask("door_people", method="get", **{"If-None-Match": answer["ETag"]}),
        "a phone's question, nothing new": phone.send,
        "1 scan": lambda: phone.send(card(people[0])),
        "50 scans": lambda: phone.send(*map(card, people[:50])),
        "200 scans": lambda: phone.send(*map(card, people[:200])),
        "who is there, changed": lambda: visitor.get(page),
        "who is there, unchanged": lambda: visitor.get(page, headers={"If-None-Match": tag}),
    }
    for what, act in asked.items():
        print(f"{what:<36} {'{:6.1f} ms of the processor, {:6.1f} ms'.format(*cost(act))}")


def main():
    """So many runs as are asked for, one if none are said, then the costs."""
    runs, good = int(sys.argv[1]) if len(sys.argv) > 1 else 1, 0
    settings.ALLOWED_HOSTS = ["*"]
    print(connection.vendor)
    with sync_playwright() as playwright:
        for number in range(1, runs + 1):
            database = Database(f"door_{number}")
            connection_name = database.wrapper.settings_dict["NAME"]
            with database.used():
                connection.settings_dict["NAME"] = connection_name
                good += played(playwright, number)
    print(f"{good} of {runs} runs without a fault")
    database = Database("door_costs")
    with database.used():
        _, _, _, officer = congress()
        Door.objects.update(heard_at=timezone.now() + timedelta(hours=1))
        costs(database.visitor(officer.username))


try:
    main()
finally:
    shutil.rmtree(FOLDER, ignore_errors=True)
