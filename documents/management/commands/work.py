"""``manage.py work``: does long jobs and sends mails until it is ended."""

import signal
import sys
import time
from threading import Event

from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections

from ...jobs.jobs import sweep
from ...jobs.working import beating, enlist, retire, work_once

PAUSE = 1  # seconds between two looks where nothing waits
SWEEP = 600  # seconds between two looks for what was kept long enough


class Command(BaseCommand):
    """As many as are wanted, on any machine that reaches the database and the folder of files."""

    help = "Làm các việc chạy nền (in hàng loạt, in sổ, gửi thư) cho đến khi bị dừng."

    def add_arguments(self, parser):
        parser.add_argument("--until-idle", action="store_true", help="làm hết việc đang chờ rồi thôi")

    def handle(self, *args, until_idle, **options):
        """The first signal lets the job that runs end, the second breaks it off and leaves it to the next worker."""
        self.ended = Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self.end)
        worker = enlist()
        try:
            with beating(worker):
                self.work(worker, until_idle)
        finally:
            retire(worker)

    def end(self, number, frame):
        """Heard while it works."""
        if self.ended.is_set():
            sys.exit(1)
        self.ended.set()

    def work(self, worker, until_idle):
        """One job after the other; what is kept for a while only is swept between them."""
        due = time.monotonic()
        while not self.ended.is_set():
            close_old_connections()
            if time.monotonic() >= due:
                sweep()
                due = time.monotonic() + SWEEP
            try:
                busy = work_once(worker)
            except OperationalError as error:
                # The database is away or busy: what was claimed is found again.
                self.stderr.write(f"Cơ sở dữ liệu chưa trả lời, sẽ thử lại: {error}")
                busy = False
            if not busy:
                if until_idle:
                    return
                self.ended.wait(PAUSE)
