"""How gunicorn serves the program, in the demonstration and in real use: ``gunicorn --config config/gunicorn.py``.

It listens on this machine only: a proxy in front ends https, and says so in X-Forwarded-Proto, which it must set itself
on every request. Static files are served by whitenoise in the same processes.
"""

import os
import sys
import threading
from pathlib import Path

from gunicorn import util

# This file is run, not imported: what stands beside it is found from the folder above.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from config.refusals import answer


def refuse(sock, status, reason, message):
    """Say in the office's words what gunicorn refuses before Django sees it; nothing of the request is repeated."""
    util.write_nonblock(sock, answer(status, reason))


# Gunicorn has no setting for its error page; each worker is a fork of the process that reads this.
util.write_error = refuse

wsgi_app = "config.wsgi"
bind = os.environ.get("BIND", "127.0.0.1:8000")

# Threads wait for the database and for slow lines together; a second process lets others go on where one of them works.
# Pages are set beside (documents/typesetting/apart.py), where at most five threads of a process work or wait: the others
# always answer. Processes share nothing, so more machines may stand beside this one.
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 12
raw_env = ["TYPESETTING_APART=1"]


def post_worker_init(worker):
    """Nobody waits for the first page longer than for others."""
    from documents.typesetting import apart

    threading.Thread(target=apart.begin, daemon=True).start()


# Whatever a process gathers is gone after 1,000 requests, when it is replaced; the jitter keeps the processes from being
# replaced at one moment.
max_requests = 1000
max_requests_jitter = 100

# Each process loads the program by itself: the PDF engine keeps locks and fonts that do not survive a fork.
preload_app = False

# A process that hangs for a minute is replaced. A slow request is not cut off; long work goes to the job worker.
timeout = 60
# On a stop, requests that are under way get this long to end.
graceful_timeout = 15
# The address of a list with every filter filled in; what is longer is refused with 414.
limit_request_line = 8190
# Browsers load a page's style sheets and scripts over one connection.
keepalive = 5

# The proxy keeps the access log; here only what goes wrong is told.
accesslog = None
errorlog = "-"
loglevel = os.environ.get("LOG_LEVEL", "warning")
