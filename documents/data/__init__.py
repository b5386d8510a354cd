"""What an office begins with: papers of the state that its own rest on, and a text for each type of paper."""

import tomllib
from pathlib import Path


def laws() -> list[dict]:
    """The rows of ``laws.toml``, as they stand there."""
    return _rows("law", "laws.toml")


def texts() -> list[dict]:
    """The rows of ``texts.toml``, as they stand there."""
    return _rows("text", "texts.toml")


def phrases() -> list[dict]:
    """The rows of ``phrases.toml``, as they stand there."""
    return _rows("phrase", "phrases.toml")


def _rows(name, file):
    return tomllib.loads((Path(__file__).parent / file).read_text(encoding="utf-8"))[name]
