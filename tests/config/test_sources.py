"""What is read off the project's own files: nothing is left for later, nothing is fetched from elsewhere."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "static" / "vendor"
TEXT = {"", ".py", ".html", ".css", ".js", ".md", ".svg", ".toml", ".txt", ".yml", ".yaml"}
# Spelled so that this file does not find itself.
LATER = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
OUTSIDE = re.compile(
    r"""(?:\b(?:src|srcset|href|action|poster|data|formaction)\s*=\s*["']?|url\(\s*["']?|@import\s+["']|from\s+["'])"""
    r"""\s*(?:https?:)?//""",
    re.IGNORECASE,
)
# Beyond this a line of a template is read by nobody.
TOO_LONG = re.compile(r".{161}")
ANY_ADDRESS = re.compile(r"https?://(?!www\.w3\.org/)")


def files(*folders, vendor=False):
    """The text files under ``folders``; what others wrote (static/vendor) only if asked for."""
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*")):
            ours = VENDOR not in file.parents
            if file.is_file() and file.suffix in TEXT and "__pycache__" not in file.parts and (ours or vendor):
                yield file


def folders():
    """The project's own folders; not those that a machine makes for itself (.venv, .data, caches)."""
    return [entry.name for entry in ROOT.iterdir() if entry.is_dir() and (entry.name[0] != "." or entry.name == ".ci")]


def found(pattern, chosen):
    """``file:line: text`` wherever ``pattern`` is in one of the files."""
    return [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for file in chosen
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]


def test_nothing_is_left_for_later():
    chosen = [*files(*folders()), *ROOT.glob("*.py"), *ROOT.glob("*.md"), *ROOT.glob("*.toml")]
    assert len(chosen) > 50
    assert found(LATER, chosen) == []


def test_pages_and_style_sheets_fetch_nothing_from_elsewhere():
    chosen = [file for file in files("templates", "static", vendor=True) if file.suffix in {".html", ".css", ".svg"}]
    assert len(chosen) > 20
    assert found(OUTSIDE, chosen) == []


def test_our_scripts_name_no_outside_address():
    assert found(ANY_ADDRESS, [file for file in files("static") if file.suffix == ".js"]) == []


def test_lines_of_templates_are_short_enough_to_read():
    chosen = [file for file in files("templates") if file.suffix == ".html"]
    assert len(chosen) > 100
    assert found(TOO_LONG, chosen) == []


@pytest.mark.parametrize(
    "line",
    [
        '<script src="https://cdn.example.org/a.js"></script>',
        "<img src='//example.org/a.png'>",
        "a { background: url(http://example.org/a.png) }",
        '@import "https://fonts.example.org/css";',
        '<form action="https://example.org/">',
    ],
)
def test_an_outside_address_would_be_found(line):
    assert OUTSIDE.search(line)


@pytest.mark.parametrize("line", ['<a href="/don-vi/">', '<svg xmlns="http://www.w3.org/2000/svg">', "url(../a.woff2)"])
def test_an_own_address_is_left_alone(line):
    assert not OUTSIDE.search(line)


# --- Decisions hang on columns of the log, never on its words

WORDS = {"act", "reason", "changes"}
ASKING = {"filter", "exclude", "get", "Q", "When"}


def readings_of_words(source):
    """Line numbers where a question asks the log for its words, or a word of it is compared."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            asked = {(word.arg or "").rpartition("row__")[2].partition("__")[0] for word in node.keywords}
            if name in ASKING and asked & WORDS:
                yield node.lineno
            of = getattr(node.func, "value", None)
            if name in {"startswith", "endswith"} and isinstance(of, ast.Attribute) and of.attr in WORDS:
                yield node.lineno
        elif isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            if any(isinstance(side, ast.Attribute) and side.attr == "act" for side in sides):
                yield node.lineno


def test_nothing_is_decided_from_the_words_of_the_log():
    found = [
        f"{file.relative_to(ROOT)}:{line}"
        for file in files("units", "documents", "clusters", "campaigns", "awards", "config")
        if file.suffix == ".py" and "migrations" not in file.parts
        for line in readings_of_words(file.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        'Change.objects.filter(act="Rút đăng ký")',
        'rows.exclude(act__startswith="Ghi")',
        'rows.filter(Q(reason__contains="01/02"))',
        'rows.filter(changes__has_key="Trạng thái")',
        'row.act == "Trả lại"',
        '"kết quả" in row.act',
        'row.reason.startswith("25/02")',
    ],
)
def test_reading_the_words_of_the_log_would_be_found(source):
    assert list(readings_of_words(source))


@pytest.mark.parametrize("source", ['rows.filter(what="return")', 'record(about, row, act="Sửa")', "row.what == WHAT"])
def test_asking_its_columns_is_left_alone(source):
    assert not list(readings_of_words(source))
