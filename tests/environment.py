"""What the settings must have before pytest-django reads them. Loaded by ``-p`` in pyproject.toml."""

import gc
import os
import tempfile

os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("DEMO", "True")
if "DATA_DIR" not in os.environ:
    # Kept by the process that made it, which removes it at its end; the others inherit the name.
    folder = tempfile.TemporaryDirectory(prefix="thi-dua-test-", ignore_cleanup_errors=True)
    os.environ["DATA_DIR"] = folder.name
# Playwright's synchronous interface runs an event loop in the test's thread.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
# Tests make much that is thrown away at once and little that is garbage: it is looked for less often than every 700 objects.
gc.set_threshold(50_000, 20, 50)
