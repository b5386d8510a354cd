"""Real use, as a machine would start it: commands in processes of their own, with neither DEMO nor DEBUG."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher

from tests import databases
from units.models import User
from units.passwords import DEMO_PASSWORD

ROOT = Path(__file__).resolve().parents[2]
MANAGE = ["manage.py"]
SERVER = ["-c", "import config.wsgi"]
REFUSED = "Tài khoản trình diễn «donvi» còn dùng mật khẩu đã công bố."


@pytest.fixture
def run(tmp_path):
    """A function that runs Python in the project on a data folder of its own."""

    def in_real_use(*arguments, **environment):
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={
                "PATH": os.environ["PATH"],
                "LC_ALL": "C.UTF-8",
                "SECRET_KEY": "Vq8-zD3hYkW0nR5tJ1xLsB7cF4gM9pA2eU6iO-vKdNwXyQrTjZ",
                "ALLOWED_HOSTS": "thidua.example.gov.vn",
                "DATA_DIR": str(tmp_path),
                "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
                "DEMO": "False",
                "DEBUG": "False",
                **environment,
            },
            capture_output=True,
            text=True,
            timeout=120,
        )

    return in_real_use


def set_password(database, username, password):
    """The account ``username`` of ``database``, made if need be, has this password, kept as real use keeps it."""
    with databases.leading_to(str(database)):
        User.objects.update_or_create(
            username=username, defaults={"password": Argon2PasswordHasher().encode(password, "muoi-cua-kiem-thu")}
        )


def test_the_checks_for_deployment_find_nothing(run):
    done = run(*MANAGE, "check", "--deploy", "--fail-level", "WARNING")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_checks_for_deployment_do_look(run):
    done = run(*MANAGE, "check", "--deploy", "--fail-level", "WARNING", SECRET_KEY="short")
    assert done.returncode != 0
    assert "security.W009" in done.stderr


@pytest.fixture
def migrated(tmp_path, django_db_blocker):
    """The folder has a database, given here, that was migrated to here: doing so takes ten seconds."""
    with django_db_blocker.unblock():
        yield shutil.copy(databases.migrated(), tmp_path / "db.sqlite3")


def test_an_account_with_the_published_password_stops_real_use_until_it_is_changed(migrated, run):
    assert run(*MANAGE, "migrate", "--verbosity", "0").returncode == 0
    set_password(migrated, "donvi", DEMO_PASSWORD)

    for command in ([*MANAGE, "check"], SERVER):
        done = run(*command)
        assert done.returncode != 0
        assert REFUSED in done.stderr
        assert "manage.py changepassword donvi" in done.stderr
    assert run(*SERVER, DEMO="True").returncode == 0

    set_password(migrated, "donvi", "mot-mat-khau-khac-han")
    for command in ([*MANAGE, "check"], SERVER):
        assert run(*command).returncode == 0


def test_sample_data_is_refused(run):
    done = run(*MANAGE, "load_sample_data")
    assert done.returncode != 0
    assert "bản dùng thật" in done.stderr


def test_a_server_without_a_key_does_not_start(run):
    done = run(*SERVER, SECRET_KEY="")
    assert done.returncode != 0
    assert "Chưa đặt SECRET_KEY." in done.stderr


def test_a_source_file_becomes_a_paper_without_any_setting(run, tmp_path):
    source = ROOT / "tests" / "documents" / "sources" / "thong-bao.md"
    done = run(*MANAGE, "render_document", str(source), "-o", str(tmp_path / "a.pdf"), SECRET_KEY="")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
