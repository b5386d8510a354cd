"""How soon does a page follow what is typed? A two-page letter: the cost of a preview, and a key in the browser.

    .venv/bin/python bench/preview.py [ROUNDS [KEYS]]

First the processor's milliseconds of one preview, in this process, warm, three ways in turn in each round, so that what slows
the machine slows them alike:

* whole: the form sent whole, the pages set as they are issued (tags, packed), every page drawn: as it was done before;
* followed: what changed since it was kept, no tags, no garbage collection, only the page drawn that changed;
* unchanged: the same where no page changed.

Then gunicorn as in real use and a browser: from the key to the painted page, with the 150 ms that are waited after the last key.
Ends with a line of name=value. The milliseconds of the browser mean something on a machine that does nothing else.
"""

import gc
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="bench-preview-"))
os.environ["DATABASE_URL"] = f"sqlite:///{FOLDER / 'preview.sqlite3'}"
os.environ["DATA_DIR"] = str(FOLDER)
# Playwright's synchronous interface runs an event loop in this thread.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("SECRET_KEY", "bench")
os.environ.setdefault("DEMO", "True")

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.http import QueryDict  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from documents.drafts import keeping, preview_views  # noqa: E402
from documents.drafts.sheet import Sheet  # noqa: E402
from documents.models import Document, Writing  # noqa: E402
from documents.papers.actions import fill_from_paper, save_draft  # noqa: E402
from documents.printing.pages import set_pages  # noqa: E402
from documents.printing.views import PREVIEW_LIMIT, find, show_sheets  # noqa: E402
from documents.source import source  # noqa: E402
from documents.source.types import BUILT_IN  # noqa: E402
from tests.conferences.door.three_doors import Server  # noqa: E402
from tests.conftest import PASSWORD, make_unit, make_user  # noqa: E402
from tests.documents.conftest import typed  # noqa: E402
from units.models import Role, Unit, User  # noqa: E402

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 25
KEYS = int(sys.argv[2]) if len(sys.argv) > 2 else 30
LETTER = Path(__file__).resolve().parent.parent / "documents" / "sample" / "seed_letter.md"
# What a key may take to the painted page, on an idle machine of two cores.
BOUND = 450

# Notes when the key went down, and when a picture that came after it was painted.
WATCH = """() => {
  window.keyed = []; window.painted = [];
  document.addEventListener("keydown", () => window.keyed.push(performance.now()), true);
  new MutationObserver((changes) => {
    if (changes.some((one) => [...one.addedNodes].some((node) => node.tagName === "IMG")))
      requestAnimationFrame(() => requestAnimationFrame(() => window.painted.push(performance.now())));
  }).observe(document.getElementById("sheets"), { childList: true });
}"""


def letter():
    """The letter of the demonstration as a draft, whose writer is known, among the units that there are."""
    province = make_unit("ubnd-tinh", "UBND tỉnh Lạng Sơn", kind=Unit.Kind.PROVINCE)
    office = make_unit("so-noi-vu", "Sở Nội vụ", superior=province)
    for number in range(330):
        make_unit(f"don-vi-{number}", f"Đơn vị số {number}")
    officer = make_user("can-bo", "Lê Văn Cán", Role.OFFICER, office)
    draft = Document(issuer_unit=province, issuer_name=province.name)
    fill_from_paper(draft, source.parse(LETTER.read_bytes(), BUILT_IN))
    return save_draft(draft, by=officer)


class Ways:
    """A preview in three ways, of the letter with a few letters more each time."""

    def __init__(self, draft):
        self.draft, self.times = draft, 0
        self.fields = {name: str(value) for name, value in typed(draft, pk=draft.pk).items()}
        whole = QueryDict(mutable=True)
        whole.update(self.fields | {keeping.KEY: "trang-thu-nhat", keeping.TAB: "the-thu-nhat", keeping.WHOLE: "1"})
        self.serial = keeping.keep(self.user(), keeping.sent(whole), document=draft, version=draft.version).serial
        self.shown = []

    def user(self):
        """Who asks, read anew as a request reads it."""
        return User.objects.select_related("unit").get(username="can-bo")

    def request(self, data):
        """A request that sends ``data``."""
        request = RequestFactory().post("/van-ban/xem-truoc/", data)
        request.user = self.user()
        return request

    def body(self):
        """The words with some more in the first paragraph."""
        self.times += 1
        return self.draft.body[:40] + "a" * (self.times % 9 + 1) + self.draft.body[40:]

    def whole(self):
        """As it was done before."""
        request = self.request(self.fields | {"body": self.body()})
        sheet = Sheet(request.user, find(request, self.draft.pk), request.POST)
        sheet.form.is_valid()
        sheet.own_faults()
        parts = sheet.appendices.parts()
        pdf, faults = set_pages(sheet.form.draft(), user=request.user, appendices=parts, limit=PREVIEW_LIMIT)
        assert not faults, faults
        return show_sheets(request, pdf)

    def changed(self, body):
        """What a page sends that has the pages of before."""
        facts = {keeping.KEY: "trang-thu-nhat", keeping.TAB: "the-thu-nhat", keeping.SERIAL: self.serial}
        facts |= {"pk": self.draft.pk, "body": body, "giu-trang": self.shown}
        answer = preview_views.preview(self.request(facts))
        assert answer.status_code == 200, answer.content[:300]
        return answer

    def followed(self):
        """What changed, and the one page that it changed."""
        return self.changed(self.body())

    def unchanged(self):
        """Nothing that is seen changed."""
        return self.changed(self.draft.body)


def costs(ways) -> dict[str, float]:
    """Milliseconds of the processor of each way, medians."""
    told = json.loads(ways.unchanged().content)
    ways.shown = [page["key"] for page in told["pages"]]
    names = ("whole", "followed", "unchanged")
    taken = {name: [] for name in names}
    for number in range(ROUNDS + 2):
        for name in names:
            # What the one before left is not looked for at the cost of this one.
            gc.collect()
            started = time.process_time()
            getattr(ways, name)()
            if number > 1:
                taken[name].append(1000 * (time.process_time() - started))
    return {name: statistics.median(times) for name, times in taken.items()}


def keys(playwright, server, draft) -> list[float]:
    """Milliseconds from each key to its painted page."""
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.set_default_timeout(180_000)
    page.goto(f"{server.address}/dang-nhap/")
    page.fill("[name=username]", "can-bo")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda address: "dang-nhap" not in address)
    page.goto(f"{server.address}/van-ban/{draft.pk}/")
    page.wait_for_selector("#sheets img")
    page.evaluate(WATCH)
    page.get_by_role("textbox", name="Nội dung").first.click()
    page.keyboard.press("Control+Home")
    found = []
    for number in range(KEYS + 5):
        page.evaluate("() => { window.keyed = []; window.painted = []; }")
        page.keyboard.press("bcdghklmn"[number % 9])
        page.wait_for_function("() => window.painted.length")
        if number >= 5:
            found.append(page.evaluate("() => window.painted[0] - window.keyed[0]"))
        page.wait_for_timeout(350)
    browser.close()
    return sorted(found)


def main():
    """Both measurements, and the line of figures."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    draft = letter()
    middle = costs(Ways(draft))
    print(f"One preview of two pages, processor time, medians of {ROUNDS} rounds")
    for name, cost in middle.items():
        print(f"{name:10}{cost:7.1f} ms{middle['whole'] / cost:7.2f} times as fast as whole")
    Writing.objects.all().delete()
    server = Server([sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py"])
    with sync_playwright() as playwright:
        server.start()
        try:
            server.wait()
            found = keys(playwright, server, draft)
        finally:
            server.kill()
    half, slow = statistics.median(found), found[int(len(found) * 0.95)]
    load = os.getloadavg()[0]
    print(f"From the key to the painted page: {half:.0f} ms, one in twenty over {slow:.0f} ms; load {load:.1f}")
    print("Too slow" if half > BOUND else f"Within {BOUND} ms")
    ratios = " ".join(f"{name}={cost / middle['whole']:.3f}" for name, cost in middle.items())
    print(f"whole_ms={middle['whole']:.1f} {ratios} key_ms={half:.0f} key_p95_ms={slow:.0f} load={load:.1f}")


if __name__ == "__main__":
    main()
