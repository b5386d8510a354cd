"""How gunicorn serves the program, in the demonstration and in real use: ``gunicorn --config config/gunicorn.py``.

It listens on this machine only: a proxy in front ends https, and says so in X-Forwarded-Proto, which it must set itself
on every request. Static files are served by whitenoise in the same processes.
"""

import os

wsgi_app = "config.wsgi"
bind = os.environ.get("BIND", "127.0.0.1:8000")

# Threads wait for the database and for slow lines together; typesetting holds the interpreter, so a second process lets
# others go on meanwhile. Processes share nothing, so more machines may stand beside this one.
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4

# A process grows by about 86 KB for each document that it lays out. After 1,000 requests (86 MB at worst) it is
# replaced; the jitter keeps the processes from being replaced at one moment.
max_requests = 1000
max_requests_jitter = 100

# Each process loads the program by itself: the PDF engine keeps locks and fonts that do not survive a fork.
preload_app = False

# A process that hangs for a minute is replaced. A slow request is not cut off; long work goes to the job worker.
timeout = 60
# On a stop, requests that are under way get this long to end.
graceful_timeout = 15
# Browsers load a page's style sheets and scripts over one connection.
keepalive = 5

# The proxy keeps the access log; here only what goes wrong is told.
accesslog = None
errorlog = "-"
loglevel = os.environ.get("LOG_LEVEL", "warning")
