"""Work on pages in a process beside the web server's own, so that no text can hold the server.

One process for each process of the server does one thing at a time, and is ended where that takes too long. A few requests
wait for it, the others are told at once; a person has one thing done at a time on the whole machine. So threads that
answer pages always remain. Elsewhere, in a worker, a command or a test, work is done where it is asked for.
"""

import contextlib
import fcntl
import gc
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextvars import ContextVar
from multiprocessing import Pipe
from multiprocessing.connection import Connection

from django.conf import settings

# Seconds that one thing may take. Three hundred pages, the longest text that is taken, take about twelve.
LIMIT = 40
# Seconds that a request waits for its turn, and that a new process may take to begin.
WAIT = 20
BEGIN = 60
# Requests of one server process that work or wait here. config/gunicorn.py has twice as many threads and more.
PLACES = 5
# Of one person: one works, one waits.
PLACES_OF_ONE = 2
# The library grows by some 86 KB for each paper.
MOST_CALLS = 1000

# Gives the key of the person whose request this is; the server's middleware sets it.
asked_by: ContextVar = ContextVar("asked_by", default=lambda: None)

BUSY = "Máy chủ đang dựng trang cho nhiều người. Hãy đợi một phút rồi thử lại; chữ đã gõ vẫn còn."
YOURS = "Máy chủ còn đang dựng trang trước của bạn. Hãy đợi trang đó xong rồi thử lại; chữ đã gõ vẫn còn."
DIED = "Máy chủ không dựng được trang vừa rồi. Hãy thử lại; nếu vẫn vậy, báo người quản trị máy chủ."
SLOW = (
    "dựng trang lâu quá {} giây nên máy chủ đã dừng. Hãy chia thành nhiều văn bản, hoặc đưa bảng và chú thích dài ra tệp "
    "kèm theo"
)


class NotSet(RuntimeError):
    """Pages that were not made because the server has too much to do, or would take too long; says what to do."""


class Busy(NotSet):
    """As ``NotSet``, where the same may be made a moment later."""


def call(function, *args, limit: float = LIMIT):
    """What ``function``, one that can be imported, gives for ``args``; raises what it raises.

    In the web server (``TYPESETTING_APART``) it runs in the process beside, at most ``limit`` seconds; raises ``NotSet``.
    """
    if not settings.TYPESETTING_APART:
        with _uninterrupted(function):
            return function(*args)
    person = asked_by.get()()
    with _place(person), _alone(person):
        return _beside.run(function, args, limit)


def uninterrupted(function):
    """Marks a function while which no garbage is looked for: that is done when its answer has left."""
    function.is_uninterrupted = True
    return function


@contextlib.contextmanager
def _uninterrupted(function):
    """No garbage is looked for where ``function`` is one that must be quick."""
    is_quick = getattr(function, "is_uninterrupted", False) and gc.isenabled()
    if is_quick:
        gc.disable()
    try:
        yield
    finally:
        if is_quick:
            gc.enable()


def begin() -> None:
    """Start the process before it is needed."""
    with _beside.turn, contextlib.suppress(EOFError, OSError):
        _beside.begin()


# --- Who may wait

_guard = threading.Lock()
_places: Counter = Counter()


@contextlib.contextmanager
def _place(person):
    """One of the places of this process; none is waited for."""
    with _guard:
        if person and _places[person] >= PLACES_OF_ONE:
            raise Busy(YOURS)
        if _places.total() >= PLACES:
            raise Busy(BUSY)
        _places[person] += 1
    try:
        yield
    finally:
        with _guard:
            _places[person] -= 1
            if not _places[person]:
                del _places[person]


@contextlib.contextmanager
def _alone(person):
    """Nothing else is done for this person meanwhile, whichever process of the server was asked. The system itself lets go
    of a lock whose process ended.
    """
    if not person:
        yield
        return
    folder = settings.DATA_DIR / "turns"
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / str(person), "w") as file:
        ends = time.monotonic() + WAIT
        while not _locked(file):
            if time.monotonic() > ends:
                raise Busy(YOURS)
            time.sleep(0.05)
        yield


def _locked(file) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


# --- The process beside


class _Beside:
    """Starts the process when it is first needed, and again after it was ended."""

    def __init__(self):
        self.turn = threading.Lock()
        self.process, self.line, self.calls = None, None, 0

    def run(self, function, args, limit):
        """As ``call``."""
        if not self.turn.acquire(timeout=WAIT):
            raise Busy(BUSY)
        try:
            self.begin()
            self.line.send((function, args))
            if not self.line.poll(limit):
                self.end()
                raise NotSet(SLOW.format(limit))
            is_made, answer = self.line.recv()
        except (EOFError, OSError) as error:
            self.end()
            raise Busy(DIED) from error
        finally:
            self.turn.release()
        if is_made:
            return answer
        raise answer

    def begin(self):
        """Make sure that the process is there."""
        # What can be read before anything was asked is that the process has ended.
        if self.process and (self.line.poll(0) or self.calls >= MOST_CALLS):
            self.end()
        if not self.process:
            self.line, other = Pipe()
            environment = os.environ | {"TYPESETTING_APART": "0"}
            self.process = subprocess.Popen(  # noqa: S603  our own module
                [sys.executable, "-c", f"from {__name__} import serve; serve({other.fileno()})"],
                pass_fds=[other.fileno()],
                cwd=settings.BASE_DIR,
                env=environment,
            )
            other.close()
            self.calls = 0
            if not (self.line.poll(BEGIN) and self.line.recv()):
                raise EOFError
        self.calls += 1

    def end(self):
        """End the process, whatever it does."""
        if self.process:
            self.line.close()
            self.process.kill()
            self.process.wait()
        self.process = self.line = None


_beside = _Beside()


def serve(number) -> None:
    """The life of the process: do what comes over the line of this number until nobody is at its other end."""
    import django

    # Ctrl-C ends the server, which closes the line.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Whoever waits for a page goes first.
    os.nice(5)
    django.setup()
    line = Connection(number)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        line.send(True)
        is_first = True
        while True:
            function, args = line.recv()
            with _uninterrupted(function):
                line.send(_answer(function, args))
            if getattr(function, "is_uninterrupted", False):
                # While nobody waits. The libraries that the first work has loaded need not be looked at again and again.
                gc.collect()
                if is_first:
                    gc.freeze()
                    is_first = False


def _answer(function, args):
    """(whether it was made, what was made or raised)."""
    try:
        return True, function(*args)
    except Exception as error:
        try:
            pickle.loads(pickle.dumps(error))  # noqa: S301  our own
        except Exception:
            return False, RuntimeError(repr(error))
        return False, error
