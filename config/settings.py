"""Settings of the program, read from the environment and from ``.env`` (see ``.env.example``).

Three ways to run, told apart by two switches: real use (neither), a demonstration on one machine (``DEMO``) and
development (``DEBUG``). Everything that protects real use is on unless one of the two says otherwise.
"""

import gc
from pathlib import Path

import environ

# Importing the program makes no garbage, and looking for it is an eighth of a start: config.apps begins when all is there.
gc.disable()

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
REAL_USE = not (DEBUG or DEMO)

# Empty where nothing is signed, such as turning a source file into PDF; config.checks keeps a server from starting without.
SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Everything that a running machine writes: the SQLite file, uploads, collected static files.
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / ".data")))

INSTALLED_APPS = [
    "units",
    "documents",
    "clusters",
    "campaigns",
    "awards",
    "conferences",
    "config.apps.OfficeAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_filters",
    "csp",
    "axes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.InOurWords",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Everything needs a login unless a view says it does not.
    "config.middleware.LoginRequired",
    "config.middleware.Asked",
    "config.middleware.CatalogueOnce",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.NotStored",
    # A form that is sent twice is done once. Behind all that know who sends: it answers for the view.
    "documents.steps.once.OnceMiddleware",
    # Last: it turns the answer to a locked login into 429.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            # {% csrf_token %} carries the token that is good once, too; every page has icons, parts and the menu.
            "builtins": [
                "units.templatetags.desk",
                "units.templatetags.parts",
                "documents.templatetags.once",
                "documents.templatetags.papers",
                "config.menu",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.office",
            ],
        },
    }
]
FORM_RENDERER = "units.rendering.FormRenderer"

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # SQLite makes the file, but not the folder it is in.
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    # WAL lets readers and one writer work together; IMMEDIATE takes the write lock at BEGIN, where waiting is possible.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "units.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "units.accounts.Accounts"]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "units.passwords.NotTheDemoPassword"},
    {"NAME": "units.passwords.HardToGuess"},
]
# Wrong passwords (units.logins): five lock an account for the address they came from, each time for longer.
AXES_FAILURE_LIMIT = 5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = "units.logins.wait_of"
AXES_LOCKOUT_CALLABLE = "units.logins.answer_locked"
AXES_CLIENT_IP_CALLABLE = "units.logins.address_of"
# Who tries on while it is locked does not make the wait longer; who gets in begins anew.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_ACCESS_FAILURE_LOG_PER_USER_LIMIT = 200
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
# Proxies of ours before this server, each of which adds the address that it saw to X-Forwarded-For.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=1 if REAL_USE else 0)
SESSION_COOKIE_AGE = 12 * 3600  # a working day: an officer logs in once each morning
SESSION_COOKIE_SAMESITE = "Lax"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG else "config.static.StaticFiles"
    },
}
# Pages name every static file by its hash, so the copies without one would only double the time and space of collecting.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# A document's source is at most 1 MB; a larger body is refused by our own words, which need the body to arrive.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
# A sheet of scores has a field for files in each of at most 120 rows, which counts even when it is empty.
DATA_UPLOAD_MAX_NUMBER_FILES = 200

# Reminders by e-mail. Those of a demonstration never leave the machine: each becomes a file in DATA_DIR/mail.
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if REAL_USE else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_HOST = env.str("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
# Shorter than a request waits for a locked SQLite: the row of a mail is held while it is sent.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="thidua@localhost")

# Digital signatures: the module that speaks to tokens at the server (PKCS#11), and who tells the time of a signature (RFC 3161);
# empty: neither is offered.
PKCS11_MODULE = env.str("PKCS11_MODULE", default="")
TSA_URL = env.str("TSA_URL", default="")
# A folder shared with the system that speaks to the province's axis: packages go out by ``gui``, come by ``nhan``.
EXCHANGE_DIR = env.str("EXCHANGE_DIR", default="")

# The largest file that a person may add or have checked; the proxy before this server must let as much through.
UPLOAD_MAX_MB = env.int("UPLOAD_MAX_MB", default=20)

# Days after which what somebody typed into a draft and never stored is thrown away.
TYPED_KEPT_DAYS = env.int("TYPED_KEPT_DAYS", default=14)

# Whether pages are set in a process beside this one, bounded in time: the web server says so (config/gunicorn.py).
TYPESETTING_APART = env.bool("TYPESETTING_APART", default=False)

# Nothing inline, nothing from elsewhere. data: pictures are the preview's page images.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
if REAL_USE:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
    SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=True)
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

# What the first page and the browser's title call this installation.
OFFICE_NAME = env.str("OFFICE_NAME", default="Sở Nội vụ tỉnh Lạng Sơn")
# Whether anybody reads, without an account, who was given what by which decision.
AWARDS_ARE_PUBLIC = env.bool("AWARDS_ARE_PUBLIC", default=False)

# Where anybody opens this installation: codes on certificates lead there.
PUBLIC_ADDRESS = env.str("PUBLIC_ADDRESS", default=(CSRF_TRUSTED_ORIGINS or ["http://127.0.0.1:8000"])[0]).rstrip("/")
# Whether who reads the code of a certificate is told the whole name, or its first letters and the unit.
CERTIFICATES_TELL_NAMES = env.bool("CERTIFICATES_TELL_NAMES", default=False)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
