"""Formulas of Excel and fields of Word that fetch from an address or another program when the file is opened.

A part is read as the office programs read it: whatever its name and its encoding, with references resolved and a field put
together from its pieces.
"""

import re
from xml.parsers import expat

# Elements by their names without a prefix.
_FORMULAS = {"f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula", "totalsRowFormula"}
_FORMULA = re.compile(r"\b(?:WEBSERVICE|RTD|IMAGE|STOCKHISTORY)\s*\(|\|\s*'[^']*'\s*!", re.IGNORECASE)
_FIELD = re.compile(
    r"(?<![A-Z])(?:DDE(?:AUTO)?|INCLUDETEXT)\b|(?<![A-Z])LINK\s+\S+\s+[\"“]?\s*(?:\\\\|//|\w{2,}:)", re.IGNORECASE
)
# Without any of these in its bytes a part holds none: references and encodings in which they would be spelled otherwise too.
_MAY = re.compile(rb"&#|CDATA|\0|WEBSERVICE|RTD|IMAGE|STOCKHISTORY|\|\s*'|instr", re.IGNORECASE)
_LONGEST = 20
_IS_XML = re.compile(rb"\s*<|\xef\xbb\xbf\s*<|\xff\xfe|\xfe\xff")
_BLOCK = 1 << 20


class Declares(ValueError):
    """A part that declares what its words stand for; no office program writes such."""


def fetches(stream) -> bool:
    """Whether a part fetches something. Reads ``stream`` to its end at least once, which compares the check sum of the part.
    Raises ``Declares``. What the office programs could not read themselves, because it is no well formed XML, fetches nothing.
    """
    if not _may(stream):
        return False
    stream.seek(0)
    return _Reader().finds(stream)


def _may(stream) -> bool:
    begin = before = stream.read(_BLOCK)
    found = bool(_MAY.search(begin))
    while block := stream.read(_BLOCK):
        found = found or bool(_MAY.search(before[-_LONGEST:] + block))
        before = block
    return found and bool(_IS_XML.match(begin))


class _Reader:
    """Keeps the words of formulas and fields while a part is read."""

    def __init__(self):
        self.within, self.formula, self.field, self.found = None, [], [], False
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.begins
        self.parser.EndElementHandler = self.ends
        self.parser.CharacterDataHandler = self.reads
        self.parser.StartDoctypeDeclHandler = self.declares

    def finds(self, stream) -> bool:
        try:
            while (block := stream.read(_BLOCK)) and not self.found:
                self.parser.Parse(block)
            if not self.found:
                self.parser.Parse(b"", True)
        except expat.ExpatError:
            pass  # whoever reads as far as the fault reads as far as we did
        return self.found or self._finds_a_field()

    def begins(self, name, attributes):
        name = name.rpartition(":")[2]
        if name == "fldChar":
            self.field.append(" ")
        elif name == "fldSimple":
            self.field += [f" {value} " for key, value in attributes.items() if key.rpartition(":")[2] == "instr"]
        if name == "instrText" or name in _FORMULAS:
            self.within, self.formula = name, []

    def ends(self, name):
        if self.within == name.rpartition(":")[2]:
            self.found = self.found or bool(_FORMULA.search("".join(self.formula)))
            self.within, self.formula = None, []

    def reads(self, words):
        if self.within == "instrText":
            self.field.append(words)
        elif self.within:
            self.formula.append(words)

    def declares(self, *_):
        raise Declares

    def _finds_a_field(self) -> bool:
        return bool(_FIELD.search("".join(self.field)))
