"""Papers of the state that ours rest on: emulation and commendation, and the work with papers."""

import tomllib
from pathlib import Path


def laws() -> list[dict]:
    """The rows of ``laws.toml``, as they stand there."""
    return tomllib.loads((Path(__file__).parent / "laws.toml").read_text(encoding="utf-8"))["law"]
