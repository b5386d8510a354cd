"""What a file holds beside its text and a paper cannot: pictures, boxes, comments, headers, macros. Counted, with its words."""

from .package import Package, W

MOST_WORDS = 20  # of each kind are shown
LONGEST = 160  # signs
_MACROS = ("vbaproject", "vbadata")
_PICTURES = {"blip", "imagedata"}
_DRAWN, _VML = "{http://schemas.openxmlformats.org/drawingml/2006/main}", "{urn:schemas-microsoft-com:vml}"


class Dropped:
    """{what: [how often, the words of each]} of one file."""

    def __init__(self, package: Package):
        self.found: dict[str, list] = {}
        self.package, self._comments, self.diagrams = package, None, 0
        names = {name.lower() for name in package.names}
        if any(mark in name for name in names for mark in _MACROS):
            self.add("macro (không chạy, không giữ)")
        for kind in package.elsewhere:
            if kind == "image":
                self.add("hình liên kết ra ngoài (không tải về)")
            elif kind not in ("hyperlink", "attachedTemplate"):
                self.add("nội dung lấy từ tệp hoặc máy khác (không lấy)")

    def add(self, what: str, words: str = ""):
        """One more of a kind; words that the paper has, as far as they show where."""
        row = self.found.setdefault(what, [0, []])
        row[0] += 1
        words = " ".join(words.split())
        if words and len(row[1]) < MOST_WORDS:
            row[1].append(words[:LONGEST])

    def lose(self, what: str, words: str):
        """One more of a kind whose words stand nowhere else: all of them."""
        row = self.found.setdefault(what, [0, []])
        row[0] += 1
        row[1] += filter(None, [" ".join(words.split())])

    def comment(self, key: str):
        """A comment at this place: by whom, and its words."""
        if self._comments is None:
            roots = self.package.parts("comments")
            self._comments = {node.get(f"{W}id"): node for root in roots for node in root.findall(f"{W}comment")}
        node = self._comments.get(key)
        words = plain(node) if node is not None else ""
        by = node.get(f"{W}author", "") if node is not None else ""
        self.lose("nhận xét bên lề", f"{by}: {words}" if by else words)

    def drawing(self, node) -> list:
        """The boxes with words in a drawing; pictures and objects are told. Of two forms of one drawing the first is read."""
        if node.tag.endswith("}AlternateContent"):
            node = next(iter(node), node)
        names = [each.tag.rpartition("}")[2] for each in node.iter() if isinstance(each.tag, str)]
        boxes = [each for each in node.iter(f"{W}txbxContent") if not _within(each, node)]
        for box in boxes:
            if plain(box).strip():
                self.add("khung chữ (chữ đưa vào dòng)", plain(box))
        if _PICTURES & set(names):
            self.add("hình")
        if "relIds" in names:
            self._diagram()
        elif words := _lettering(node):
            self.lose("chữ nghệ thuật (WordArt)", words)
        if "OLEObject" in names:
            self.add("đối tượng nhúng (bảng tính, công thức cũ)")
        if "chart" in names:
            self.add("biểu đồ")
        return boxes

    def _diagram(self):
        """SmartArt: a picture of words, which stand in a part of their own."""
        roots = self.package.parts("diagramData")
        self.diagrams += 1
        root = roots[self.diagrams - 1] if self.diagrams <= len(roots) else None
        self.lose("sơ đồ (SmartArt)", _lettering(root) if root is not None else "")

    def margins(self) -> list[str]:
        """The words of headers and footers, one text each; numbers of pages are the program's."""
        found = []
        for kind in ("header", "footer"):
            for root in self.package.parts(kind):
                words = [" ".join(plain(node).split()) for node in root.iter(f"{W}p")]
                words = [each for each in words if any(map(str.isalpha, each))]
                found += [" ".join(words)] if words else []
        return list(dict.fromkeys(found))


def _lettering(node) -> str:
    """Words that are drawn, and stand in no box: of DrawingML (``a:t``), of VML (``v:textpath``)."""
    drawn = [each.text or "" for each in node.iter(f"{_DRAWN}t")]
    return " ".join([*drawn, *(each.get("string", "") for each in node.iter(f"{_VML}textpath"))]).strip()


def plain(node) -> str:
    """The plain words of a part, a space between paragraphs."""
    return " ".join("".join(each.text or "" for each in one.iter(f"{W}t")) for one in node.iter(f"{W}p"))


def _within(box, outer) -> bool:
    """Whether a box stands in another one of the same drawing."""
    return any(
        each.tag == box.tag for each in box.iterancestors() if each is not outer and outer in each.iterancestors()
    )
