"""What bin/demo refuses before it touches anything: the folder it is tried in has neither an environment nor data."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

BIN = Path(__file__).resolve().parents[2] / "bin"


@pytest.fixture
def demo(tmp_path):
    """A function that runs bin/demo in a folder of its own and gives its status and what it printed."""
    shutil.copytree(BIN, tmp_path / "bin")

    def run(*arguments, dotenv="", **environment):
        if dotenv:
            (tmp_path / ".env").write_text(dotenv, encoding="utf-8")
        done = subprocess.run(
            ["bin/demo", *arguments],
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **environment},
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert not (tmp_path / ".venv").exists()
        assert not (tmp_path / ".data").exists()
        return done.returncode, done.stdout + done.stderr

    return run


@pytest.mark.parametrize(
    ("dotenv", "environment"),
    [
        ("SECRET_KEY=long\nDATABASE_URL=postgres://office@/office\n", {}),
        ("SECRET_KEY=long\nDEMO=False\n", {}),
        ("SECRET_KEY=long\n#DEMO=True\n", {}),
        ("", {"DEMO": "False"}),
    ],
)
def test_sample_accounts_never_go_into_a_database_in_real_use(demo, dotenv, environment):
    status, said = demo("--no-serve", dotenv=dotenv, **environment)
    assert status == 1
    assert "real use" in said


@pytest.mark.parametrize(
    ("dotenv", "environment"),
    [
        ("", {"DATABASE_URL": "postgres://office@/office"}),
        ("DEMO=True\nDATABASE_URL='postgres://office@/office'\n", {}),
    ],
)
def test_reset_refuses_a_database_that_the_demonstration_did_not_make(demo, dotenv, environment):
    status, said = demo("--reset", "--no-serve", dotenv=dotenv, **environment)
    assert status == 1
    assert "DATABASE_URL names another database" in said


def test_a_port_in_use_is_named_with_another_to_try(demo):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        status, said = demo(PORT=str(port))
    assert status == 1
    assert f"Port {port} is in use" in said
    assert f"PORT={port + 1} bin/demo" in said


def test_an_unknown_argument_shows_how_it_is_used(demo):
    status, said = demo("--help")
    assert status == 2
    assert "bin/demo --reset" in said
