"""What rooms above do where awards were lost (cancelled, stripped, their list taken out), or count again."""

# Functions (keys of awards, by), called in the same transaction.
TURNED = []


def turned(keys, *, by) -> None:
    """Tell the rooms above that the awards of ``keys`` were lost or count again."""
    keys = list(keys)
    for tell in TURNED:
        tell(keys, by=by)
