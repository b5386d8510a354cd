"""What the settings must have before pytest-django reads them. Loaded by ``-p`` in pyproject.toml."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("DEMO", "True")
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="thi-dua-test-"))
# Playwright's synchronous interface runs an event loop in the test's thread.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
