"""The bytes of a package that came as a tree of elements, and the words of an element.

Entities are not resolved, nothing is fetched; bytes, elements, depth and letters have bounds.
"""

import io
import re

from lxml import etree

from .edxml import SPACE, PackageRefused, tag

# What one package may hold: bytes of the file, files, letters of a fact.
MOST_BYTES, MOST_FILES, MOST_LETTERS = 64 * 1024 * 1024, 40, 2000
_ELEMENTS, _DEPTH, _ATTRIBUTES = 20_000, 64, 64
_TOO_DEEP = f"gói lồng sâu quá {_DEPTH} lớp phần tử"
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
# By the first two bytes; everything else is UTF-8.
_ENCODINGS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_PACKED = {b"PK": "zip", b"\x1f\x8b": "gz"}


def root_of(content):
    """The root of the tree. Raises ``PackageRefused`` for what is none, or is too much."""
    if len(content) > MOST_BYTES:
        raise PackageRefused("", f"gói lớn quá {MOST_BYTES // 1024 // 1024} MB")
    try:
        return _tree(_as_utf8(content))
    except etree.XMLSyntaxError as error:
        why = "tệp này không phải XML, hoặc bị cắt mất phần cuối; hãy lấy lại gói từ trục"
        raise PackageRefused("", _TOO_DEEP if "depth" in str(error).lower() else why) from None


def _as_utf8(content) -> bytes:
    """The text of the file in the one encoding that is read, without what it says of its encoding.

    A declaration of entities that hides in another encoding is found so. Raises ``PackageRefused``.
    """
    if packed := _PACKED.get(content[:2]):
        raise PackageRefused("", f"tệp đang nén ({packed}); hãy giải nén rồi nhận tệp .edxml ở trong")
    try:
        text = content.decode(_ENCODINGS.get(content[:2], "utf-8-sig"))
    except UnicodeDecodeError:
        raise PackageRefused("", "chữ trong gói không phải UTF-8; hãy yêu cầu nơi gửi tạo lại gói") from None
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise PackageRefused("", "gói có khai báo DOCTYPE hoặc ENTITY; hãy yêu cầu nơi gửi tạo lại gói")
    return _DECLARATION.sub("", text, count=1).encode()


def _tree(content):
    """The root, judged while it is read: what is too much is not built. Raises ``PackageRefused``, ``XMLSyntaxError``."""
    reader = etree.iterparse(
        io.BytesIO(content), events=("start", "end"), encoding="utf-8", resolve_entities=False, no_network=True,
        load_dtd=False, huge_tree=True, remove_pis=True, remove_comments=True,
    )  # fmt: skip
    count = depth = 0
    for event, element in reader:
        depth += 1 if event == "start" else -1
        count += event == "start"
        if count == 1 and event == "start":
            _refuse_root(element)
        if count > _ELEMENTS:
            raise PackageRefused("edXML", f"gói có quá {_ELEMENTS} phần tử")
        if depth > _DEPTH:
            raise PackageRefused("", _TOO_DEEP)
        if len(element.attrib) > _ATTRIBUTES:
            raise PackageRefused(etree.QName(element).localname[:60], f"có quá {_ATTRIBUTES} thuộc tính")
    return reader.root


def _refuse_root(root):
    """Raise ``PackageRefused`` for what is neither a package nor a state told in an envelope of SOAP."""
    name = etree.QName(root)
    if name.localname not in ("edXML", "Envelope"):
        raise PackageRefused(name.localname[:60], "phần tử gốc phải là edXML; tệp này không phải gói văn bản")
    if name.localname == "edXML" and name.namespace != SPACE:
        raise PackageRefused("edXML", f"không gian tên phải là {SPACE}, gói ghi {(name.namespace or 'trống')[:100]}")


# --- Words of an element


def child(parent, name):
    """The child of that name. Raises ``PackageRefused`` where there is none, or more than one."""
    found = child_or_none(parent, name)
    if found is None:
        raise PackageRefused(name, lack(parent, name))
    return found


def child_or_none(parent, name):
    """As ``child``, for what need not be there; nor need ``parent``."""
    found = parent.findall(tag(name)) if parent is not None else []
    if len(found) > 1:
        raise PackageRefused(name, f"có {len(found)} phần tử, chỉ được một")
    return found[0] if found else None


def lack(parent, name) -> str:
    """That it is not there, or that it stands there under another namespace."""
    strange = next((one for one in parent if etree.QName(one).localname == name), None)
    return "thiếu trong gói" if strange is None else f"sai không gian tên, phải là {SPACE}"


def words_of(parent, name) -> str:
    """The words of a child, nothing where it is not there or says that it is empty."""
    found = child_or_none(parent, name)
    return _said(found, name) if found is not None else ""


def _said(element, name) -> str:
    words = " ".join((element.text or "").split())
    if len(words) > MOST_LETTERS:
        raise PackageRefused(name, f"dài quá {MOST_LETTERS} chữ")
    return "" if words.upper() in ("N/A", "NULL") else words


def all_words(parent, path) -> list[str]:
    """The words of all elements at ``path``, without empty ones."""
    found = parent.findall(path) if parent is not None else []
    return [words for one in found[:MOST_FILES] if (words := _said(one, etree.QName(one).localname))]


def needed_words(parent, name) -> str:
    """As ``words_of``. Raises ``PackageRefused`` where there are none."""
    words = words_of(parent, name)
    if not words:
        raise PackageRefused(name, "không được để trống")
    return words
