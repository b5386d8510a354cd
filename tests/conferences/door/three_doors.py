"""Three doors at a congress: lines that break, clocks that are wrong, answers that get lost, pages loaded anew, a browser and the
server killed. What must hold is told by ``judged``; ``bench/door.py`` plays it with 1,000 people.
"""

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connection

from conferences.cards import codes
from conferences.models import Delegate, Scan
from tests.conftest import LONGEST_WAIT

from .watched import LOOK, VIOLATIONS, open_door_page

# Milliseconds that the clock of each door's phone is wrong by.
SKEWS = (0, 7 * 60_000, -4 * 60_000)
# A wrong clock, one answer in eight that is lost after the server wrote everything, and how long the slowest took.
SPOILT = """(() => {
  const skew = %d, now = Date.now.bind(Date), ask = fetch.bind(globalThis);
  Date.now = () => now() + skew;
  globalThis.lost = globalThis.slowest = 0;
  globalThis.fetch = async (...all) => {
    const began = performance.now(), answer = await ask(...all);
    if (!String(all[0]).includes('/cua/gui')) return answer;
    if (Math.random() < 0.125) { lost++; throw new Error('lost'); }
    answer.json = async () => {
      const told = await Response.prototype.json.call(answer);
      slowest = Math.max(slowest, performance.now() - began);
      return told;
    };
    return answer;
  };
})()"""
SCANNED = """async (code) => {
  const began = performance.now(), real = performance.timeOrigin + began, done = await cua.scan(code, 'qr');
  return [done.verdict, done.id, real, performance.now() - began];
}"""
# Two doors that see a card within this time, in milliseconds: how late the clocks are compared decides.
AT_ONCE = 250
# By how many milliseconds the time of a scan may be wrong: clocks are compared by answers, the slowest that counts took 1.5 s.
# But the first counts however long it took: on a busy machine a clock is wrong by half of that, and two by all of it.
WRONG = 1000
SERVER = """
import sys
from config.wsgi import application
from django.core.servers.basehttp import run
run("127.0.0.1", int(sys.argv[1]), application, threading=True)
"""


class Server:
    """The program in a process of its own, on the database of this one; it is killed without a word and begun again."""

    def __init__(self, command=None):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.command = command or [sys.executable, "-c", SERVER, str(self.port)]
        self.process = None

    def start(self):
        """Begin, and wait until it answers."""
        own = {"DATABASE_URL": _database(), "SECRET_KEY": settings.SECRET_KEY, "DEMO": "True", "DEBUG": "True"}
        own |= {"BIND": f"127.0.0.1:{self.port}", "PUBLIC_ADDRESS": self.address}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
        self.process = subprocess.Popen(self.command, cwd=settings.BASE_DIR, env=os.environ | own, **quiet)

    def wait(self):
        """Until it answers."""
        for _ in range(600):
            with suppress(urllib.error.URLError, OSError), urllib.request.urlopen(f"{self.address}/cua/", timeout=5):
                return
            time.sleep(0.1)
        raise TimeoutError(self.address)

    def kill(self):
        """SIGKILL to it and its own."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def _database() -> str:
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"


@dataclass
class Phone:
    """The phone of a door: what it scans, what it was told, when each card was really held to it."""

    door: object
    skew: int
    cards: list
    folder: Path
    done: list = field(default_factory=list)
    took: list = field(default_factory=list)
    context: object = None
    page: object = None
    is_off: bool = False
    line_until: float = 0.0

    def begin(self, browser_type):
        """Open a browser with what its folder keeps."""
        (self.folder / "SingletonLock").unlink(missing_ok=True)
        self.context = browser_type.launch_persistent_context(
            str(self.folder), executable_path=shutil.which("chromium"), args=["--disable-gpu"], **LOOK
        )
        self.context.set_default_timeout(LONGEST_WAIT)
        self.context.add_init_script(VIOLATIONS + SPOILT % self.skew)
        self.context.set_offline(self.is_off)
        self.page = self.context.pages[0]

    def again(self):
        """The page as it is kept."""
        self.page.goto("/cua/" if not self.address else f"{self.address}/cua/")
        self.page.evaluate("() => cua.ready")

    @property
    def address(self) -> str:
        """The server's."""
        return self.door.address.partition("/cua/")[0]

    def line(self, is_off):
        """Break the line, or mend it."""
        self.is_off = is_off
        self.context.set_offline(is_off)

    def kill(self):
        """SIGKILL to its browser and all its processes."""
        for entry in Path("/proc").iterdir():
            with suppress(OSError):
                if entry.name.isdigit() and str(self.folder).encode() in (entry / "cmdline").read_bytes():
                    os.kill(int(entry.name), signal.SIGKILL)
        with suppress(Exception):
            self.context.close()

    def scan(self, code):
        """Hold a card before it."""
        verdict, uid, real, took = self.page.evaluate(SCANNED, code)
        self.done.append((code, verdict, uid, real))
        self.took.append(took)


def dealt(people, rng) -> list[list[str]]:
    """The cards of each of three doors: everybody's at one; of some at two, three, or twice at one; and cards of nobody here."""
    hands = [[], [], []]
    for place, one in enumerate(people):
        home = rng.randrange(3)
        hands[home].append(one.code)
        share = 100 * place // len(people)
        if share < 15:
            hands[(home + rng.choice((1, 2))) % 3].append(one.code)
        elif share < 18:
            hands[(home + 1) % 3].append(one.code)
            hands[(home + 2) % 3].append(one.code)
        elif share < 24:
            hands[home].append(one.code)
    for hand in hands:
        code = people[0].code
        hand += [f"{code[:3]}{code[4:]}0", codes.make("QQQ"), codes.make("VT7")]
        rng.shuffle(hand)
    return hands


class Play:
    """The doors at work, with what goes wrong meanwhile; ``kills``: how often the server is killed."""

    def __init__(self, browser_type, server, doors, people, folder, *, seed, kills=1):
        self.browser_type, self.server, self.people = browser_type, server, people
        self.rng = random.Random(seed)  # noqa: S311  the same every time
        hands = dealt(people, self.rng)
        self.all = sum(map(len, hands))
        self.phones = [
            Phone(door, skew, hand, folder / str(place))
            for place, (door, skew, hand) in enumerate(zip(doors, SKEWS, hands, strict=True))
        ]
        self.kill_at = [round(self.all * (place + 1) / (kills + 1.5)) for place in range(kills)]
        self.tally = dict.fromkeys(["broken lines", "reloads", "browsers killed", "servers killed", "answers lost"], 0)
        self.violations, self.errors, self.slowest = [], [], 0

    def run(self):
        """Scan everything; at the end all lines are there and the server has all."""
        for phone in self.phones:
            self._open(phone)
            open_door_page(phone.page, phone.door.address, len(self.people))
        left = {place: list(phone.cards) for place, phone in enumerate(self.phones)}
        number = 0
        while any(left.values()):
            place = self.rng.choice([place for place, cards in left.items() if cards])
            number += 1
            self._trouble(number, self.phones[place], place, len(left[place]))
            self.phones[place].scan(left[place].pop())
        for phone in self.phones:
            phone.line(False)
        self.server.wait()
        for phone in self.phones:
            phone.page.evaluate("() => cua.flush()")
            phone.page.wait_for_function("() => cua.state.unsent === 0")
        self._hear()

    def _open(self, phone):
        phone.begin(self.browser_type)
        phone.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _trouble(self, number, phone, place, cards_left):
        """What goes wrong before the scan of this number."""
        chance = self.rng.random()
        for one in self.phones:
            if one.is_off and time.monotonic() > one.line_until:
                one.line(False)
        if number in self.kill_at:
            self.server.kill()
            self.server.start()
            self.tally["servers killed"] += 1
        if cards_left == len(phone.cards) // 2 and place == 1:
            self._kill_browser(phone)
        elif chance < 0.03:
            self._break(phone)
        elif chance < 0.05:
            self._count(phone)
            self.tally["reloads"] += 1
            phone.page.reload()
            phone.page.evaluate("() => cua.ready")

    def _break(self, phone):
        self.tally["broken lines"] += 1
        phone.line(True)
        phone.line_until = time.monotonic() + self.rng.uniform(0.3, 2)

    def _kill_browser(self, phone):
        """It dies while it has no line, with something that was not sent."""
        self._break(phone)
        phone.scan(phone.cards[0])
        self._count(phone)
        phone.kill()
        self.tally["browsers killed"] += 1
        self._open(phone)
        phone.again()

    def _count(self, phone):
        lost, slowest = phone.page.evaluate("() => [lost, slowest]")
        self.tally["answers lost"] += lost
        self.slowest = max(self.slowest, slowest)
        self.violations += phone.page.evaluate("() => globalThis.violations ?? []")

    def _hear(self):
        """Wait until all phones heard everything: all is sent, so nothing more is told."""
        event = self.phones[0].door.event
        event.refresh_from_db()
        for phone in self.phones:
            phone.page.wait_for_function(
                "(number) => { cua.flush(); return cua.state.meta.seq === number; }", arg=event.sequence, polling=300
            )

    def close(self):
        """The browsers go, and what they kept."""
        for phone in self.phones:
            if phone.context:
                with suppress(Exception):
                    phone.context.close()
            shutil.rmtree(phone.folder, ignore_errors=True)

    def judged(self) -> dict:
        """What must be nothing: scans lost or too many, people not there, wrong firsts, doubles untold, false alarms …"""
        event = self.phones[0].door.event
        kept = {
            str(uid): at.timestamp() * 1000 for uid, at in Scan.objects.filter(event=event).values_list("uid", "at")
        }
        made = {uid: real for phone in self.phones for _, _, uid, real in phone.done}
        here = [phone.page.evaluate("() => cua.state.here") for phone in self.phones]
        for phone in self.phones:
            self._count(phone)
        wrong = max(WRONG, self.slowest / 2 + AT_ONCE)
        rows = Delegate.objects.filter(event=event, first_scan__isnull=False)
        first = dict(rows.values_list("code", "first_scan__door"))
        untold, false = self._told(first)
        return {
            "lost": len(made.keys() - kept.keys()),
            "too many": len(kept.keys() - made.keys()),
            "wrong times": sum(abs(kept.get(uid, real) - real) > wrong for uid, real in made.items()),
            "not there": len(self.people) - len(first),
            "wrong firsts": self._wrong(first),
            "untold": untold,
            "false alarms": false,
            "phones that know less": sum(number != len(self.people) for number in here),
            "violations": len(self.violations),
            "errors": len(self.errors),
        }

    def _seen(self) -> dict:
        """{code: {door: when it really was held to it first}}."""
        seen = {}
        for phone in self.phones:
            for code, _, _, real in phone.done:
                doors = seen.setdefault(code, {})
                doors[phone.door.pk] = min(doors.get(phone.door.pk, real), real)
        return seen

    def _wrong(self, first) -> int:
        seen, at_once = self._seen(), max(AT_ONCE, self.slowest)
        return sum(seen[code][door] - min(seen[code].values()) > at_once for code, door in first.items())

    def _told(self, first) -> tuple[int, int]:
        """(doubles that the later door neither saw nor was told of, doubles told where there are none)."""
        untold = false = 0
        for phone in self.phones:
            told = set(phone.page.evaluate("() => [...cua.state.told.keys()].map((n) => cua.people.get(n).code)"))
            again = {code for code, verdict, *_ in phone.done if verdict == "again"}
            later = {code for code, *_ in phone.done if code in first and first[code] != phone.door.pk}
            untold += len(later - told - again)
            false += len([code for code in told if first.get(code) == phone.door.pk])
        return untold, false
