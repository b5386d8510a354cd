"""Units to place."""

from units.models import Unit

from ...conftest import make_unit


def commune(name, **fields):
    return make_unit(name.lower().replace(" ", "-"), f"UBND xã {name}", kind=Unit.Kind.COMMUNE, **fields)
