"""The runs of a paragraph: words in one look, notes that are cited, boxes that hang on it."""

import re
import unicodedata

from .changes import CHANGES, words_within
from .package import W
from .pieces import Line, Run
from .styles import Look, value

_DEEPER = {
    f"{W}{name}" for name in ("hyperlink", "smartTag", "fldSimple", "sdt", "sdtContent", "customXml", "dir", "bdo")
}
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
# A hyphen that shows only at the end of a line is a letter of old fonts: «chÊt l\u00adîng».
_SPACES = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "-", "softHyphen": "\u00ad", "cr": "\n"}
_MARKS = ("instrText", "commentReference", "sym")
_MOVES = (f"{W}moveFromRangeStart", f"{W}moveToRangeStart")
# What Word raises above the line, as signs that every font of papers has.
_RAISED = str.maketrans("123", "¹²³")
_LOOKS = {f"{W}strike": "gạch ngang chữ", f"{W}u": "gạch chân", f"{W}highlight": "tô nền chữ"}
# Words of fields are kept as they stand; these say what a reader knows anyway.
_PLAIN_FIELDS = {
    "PAGE",
    "NUMPAGES",
    "SECTIONPAGES",
    "HYPERLINK",
    "TOC",
    "PAGEREF",
    "NOTEREF",
    "REF",
    "TC",
    "XE",
    "QUOTE",
}
# Marks that turn the direction of reading: words would say something else than one sees.
_TURNS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Tones and shapes of Vietnamese letters.
_ACCENTS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


class Words:
    """Reads paragraphs for one walker."""

    def __init__(self, walker):
        self.walker, self.dropped, self.changes = walker, walker.dropped, walker.changes
        self.notes = {
            (kind, node.get(f"{W}id")): node for kind in _NOTES.values() for node in _all(walker.package, kind)
        }
        self.is_noting = False
        # Notes that were read: one may be cited twice.
        self.read: dict[tuple, list[Line]] = {}

    def of(self, paragraphs, look: Look) -> tuple[list[Run], list]:
        """(runs, boxes) of a paragraph, or of several that are one."""
        runs, boxes = [], []
        for node in paragraphs:
            self._walk(node, look, runs, boxes)
        _compose(runs)
        return runs, boxes

    def _walk(self, parent, look, runs, boxes):
        for node in parent:
            if node.tag == f"{W}r":
                if node.find(f"{W}t") is not None or node.find(f"{W}delText") is not None:
                    self._apart(parent)
                self._run(node, look, runs, boxes)
            elif node.tag in CHANGES:
                if self.changes.keeps(node, words_within(node)):
                    self._walk(node, look, runs, boxes)
            elif node.tag in _MOVES:
                self.changes.names(node)
            elif node.tag in _DEEPER:
                self._tell_of_wrapper(node)
                self._walk(node, look, runs, boxes)
            elif isinstance(node.tag, str) and node.tag.startswith(_MATH):
                self._formula(node, look, runs)

    def _tell_of_wrapper(self, node):
        """A field, or a blank that nobody filled in."""
        if node.tag == f"{W}fldSimple":
            self._field(node.get(f"{W}instr", ""))
        elif value(node.find(f"{W}sdtPr"), "showingPlcHdr") is not None:
            words = words_within(node)
            self.dropped.add("ô điền chưa có chữ (chữ gợi ý vẫn giữ)", words)

    def _field(self, instruction):
        name = (instruction.split() or [""])[0].upper()
        if name and name not in _PLAIN_FIELDS:
            self.dropped.add("trường tự cập nhật (giữ chữ đang hiện, không đổi nữa)", instruction)

    def _apart(self, parent):
        """Plain words between two changes part them."""
        if parent.tag not in CHANGES:
            self.changes.ends()

    def _formula(self, node, look, runs):
        words = "".join(each.text or "" for each in node.iter(f"{_MATH}t"))
        self.dropped.add("công thức (chữ viết liền vào dòng)", words)
        runs.append(Run(words, look.bold, look.italic))

    def _run(self, node, look, runs, boxes):
        own = node.find(f"{W}rPr")
        look = self._look(own, look)
        if look.hidden:
            self.dropped.lose("chữ ẩn", words_within(node))
            return
        self._tell_of(own, node)
        raised = value(own, "vertAlign") == "superscript"
        for child in node:
            self._piece(child, look, runs, boxes, raised)

    def _look(self, own, look) -> Look:
        if own is None:
            return look
        style = value(own, "rStyle")
        return (self.walker.styles.with_letters(style, look) if style else look).with_own(own)

    def _tell_of(self, own, node):
        """Looks that the source has no mark for, where they stand on words."""
        for each in own if own is not None else ():
            what = _LOOKS.get(each.tag)
            if what and each.get(f"{W}val", "1") not in ("0", "false", "none") and words_within(node).strip():
                self.dropped.add(f"{what} (chữ vẫn giữ)", words_within(node))

    def _piece(self, child, look, runs, boxes, raised):
        if not isinstance(child.tag, str):
            return
        name = child.tag.rpartition("}")[2]
        if name in ("t", "delText"):
            self._say(child.text or "", look, runs, raised)
        elif name in _SPACES:
            self._say(_SPACES[name], look, runs)
        elif name == "br":
            if child.get(f"{W}type") not in ("page", "column"):
                self._say("\n", look, runs)
        elif name in _NOTES:
            self._note(child, _NOTES[name], runs)
        elif name in _MARKS:
            self._tell_of_mark(name, child)
        elif name in ("AlternateContent", "drawing", "pict", "object"):
            boxes += self.dropped.drawing(child)

    def _tell_of_mark(self, name, child):
        """What stands among words and is none."""
        if name == "instrText":
            self._field(child.text or "")
        elif name == "commentReference":
            self.dropped.comment(child.get(f"{W}id"))
        else:
            self.dropped.add("ký hiệu của phông chữ riêng")

    def _say(self, words, look, runs, raised=False):
        words = words.upper() if look.capitals else words
        if _TURNS.search(words):
            words = _TURNS.sub("", words)
            self.dropped.add("dấu đổi chiều đọc", words)
        if raised and any(map(str.isalnum, words)):
            if set(words.strip()) <= set("123") and runs and runs[-1].text[-1:] == "m":
                words = words.translate(_RAISED)
            else:
                self.dropped.add("chữ viết cao (chỉ số trên) thành chữ thường", words)
        said = Run(words, look.bold, look.italic, is_drawn_large=look.draws_capitals)
        if runs and runs[-1].note is None and runs[-1].look == said.look:
            runs[-1].text += words
        else:
            runs.append(said)

    def _note(self, child, kind, runs):
        key = kind, child.get(f"{W}id")
        node = self.notes.get(key)
        if node is None or self.is_noting:
            return
        if key not in self.read:
            self.read[key] = self._lines_of_note(node)
        runs.append(Run("", note=self.read[key]))

    def _lines_of_note(self, node) -> list[Line]:
        self.is_noting = True
        lines = []
        for block in self.walker.content(node):
            if not isinstance(block, Line):
                self.dropped.add("bảng trong chú thích (đưa thành dòng)")
            lines += [block] if isinstance(block, Line) else block.lines
        self.is_noting = False
        return [line for line in lines if line.text]


def _compose(runs):
    """Letters and accents that keyboards wrote apart become one sign, also where a look ends between them."""
    for before, run in zip([None, *runs], runs, strict=False):
        accents = len(run.text) - len(run.text.lstrip(_ACCENTS))
        if accents and before is not None and before.note is None:
            before.text, run.text = unicodedata.normalize("NFC", before.text + run.text[:accents]), run.text[accents:]
        run.text = unicodedata.normalize("NFC", run.text)


def _all(package, kind) -> list:
    tag = f"{W}{kind[:-1]}"
    return [node for root in package.parts(kind) for node in root.findall(tag)]
