"""The fonts that a sheet may have beside that of papers; each has all signs of Vietnamese."""

from ...form.letters import FONTS
from ..painting.faces import STYLES, Face

_PRINTED = FONTS.parent / "printed"
_SANS = {
    style: (_PRINTED / file.replace("Tinos", "BeVietnamPro"), name.replace("Tinos", "BeVietnamPro"))
    for style, (file, name) in STYLES.items()
}
_SCRIPT = dict.fromkeys(STYLES, (_PRINTED / "GreatVibes_400Regular.ttf", "GreatVibes"))
# {name: (as CSS has it, {(bold?, italic?): (file, PostScript name)})}; the script has one face for all.
FAMILIES = {
    "tinos": ("Tinos", {style: (FONTS / file, name) for style, (file, name) in STYLES.items()}),
    "sans": ("Be Vietnam Pro", _SANS),
    "script": ("Great Vibes", _SCRIPT),
}


class Faces(dict):
    """The faces of one file, {(family, bold?, italic?): face}, each read when it is first asked for."""

    def __missing__(self, key):
        family, *style = key
        place = list(FAMILIES).index(family)
        self[key] = Face(tuple(style), FAMILIES[family][1][tuple(style)], prefix=f"P{place}")
        return self[key]
