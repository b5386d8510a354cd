"""Scripts that import others find them under the names that real use serves."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import ManifestFilesMixin
from django.core.files.storage import FileSystemStorage

from config.static import StaticFiles

STATIC = Path(__file__).parents[2] / "static"
_IMPORT = re.compile(r"""(?:from|import)\s*["'](\.[^"']+)["']""")


class Named(ManifestFilesMixin, FileSystemStorage):
    """As ``StaticFiles`` names files, without packing them."""

    support_js_module_import_aggregation = StaticFiles.support_js_module_import_aggregation
    max_post_process_passes = StaticFiles.max_post_process_passes


@pytest.fixture
def collected(tmp_path):
    """The scripts of the editor and what they import, collected."""
    storage = Named(location=tmp_path, base_url="/static/")
    names = [
        str(file.relative_to(STATIC))
        for folder in ("js/writing", "vendor/prosemirror")
        for file in (STATIC / folder).glob("*.js")
    ]
    for name in names:
        storage.save(name, (STATIC / name).open("rb"))
    assert [
        done
        for _, _, done in storage.post_process({name: (storage, name) for name in names})
        if isinstance(done, Exception)
    ] == []
    return storage, names


def test_every_import_names_a_file_that_is_served(collected):
    storage, names = collected
    found = 0
    for name in names:
        file = Path(storage.path(storage.stored_name(name)))
        for address in _IMPORT.findall(file.read_text("utf-8")):
            found += 1
            assert re.search(r"\.[0-9a-f]{12}\.js$", address), (name, address)
            assert (file.parent / address).resolve().exists(), (name, address)
    assert found > 30
