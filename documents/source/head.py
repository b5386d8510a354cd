"""The YAML head of a source file, read key by key with the line of each.

Only plain YAML is taken: no tags, no anchors, no aliases. Values are read as the words that stand there, so that
``017``, ``1.10`` or ``no`` mean what the writer sees and not what YAML 1.1 makes of them.
"""

import re
from datetime import date
from difflib import get_close_matches

import yaml

from units.text import one_line

from .paper import Fault, PartialDate

MAX_HEAD = 3_000_000  # characters; the text of appendices stands in the head
MAX_DEPTH = 8
# The same grammar in C where PyYAML was built with it: twenty times faster on an appendix of a thousand rows.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# What the commonest mistakes are called in YAML, and what to write instead.
_HINTS = [
    ("mapping values", 'giá trị có dấu hai chấm phải đặt trong dấu nháy kép, ví dụ: subject: "Báo cáo: …"'),
    ("expected ',' or ']'", "danh sách mở bằng [ phải đóng bằng ], các mục cách nhau bằng dấu phẩy"),
    ("while scanning a quoted scalar", "dấu nháy mở mà chưa đóng"),
    ("cannot start any token", "giá trị bắt đầu bằng ký tự đặc biệt phải đặt trong dấu nháy kép"),
    ("special characters", "có ký tự điều khiển; hãy xóa ký tự đó"),
]

# What each key holds. ``lines`` takes one line or a list of lines.
KEYS = {
    "type": "line",
    "issuer": "lines",
    "superior": "lines",
    "number": "number",
    "symbol": "line",
    "place": "line",
    "date": "date",
    "subject": "line",
    "urgency": "line",
    "circulation": "line",
    "authority_line": "line",
    "bases": "lines",
    "to": "lines",
    "recipients": "lines",
    "archive": "line",
    "signature": "signature",
    "second_signature": "signature",
    "contact": "line",
    "appendices": "appendices",
}
_SIGNATURE_KEYS = {"capacity": "lines", "name": "line"}
_APPENDIX_KEYS = {"title": "line", "type": "line", "orientation": "line", "body": "text"}
_NULL = "tag:yaml.org,2002:null"


class Head:
    """The values of a head that could be read, and where each stands."""

    def __init__(self):
        self.values = {}
        self.places = {}
        self.readable = True

    def value(self, key):
        """A value as its kind gives it, or None."""
        return self.values.get(key)

    def line(self, key) -> str:
        """A one-line value, or nothing."""
        return self.values.get(key) or ""

    def lines(self, key) -> tuple:
        """A value of several lines, or none."""
        return self.values.get(key) or ()

    def mapping(self, key) -> dict:
        """A value with keys of its own, or an empty one."""
        return self.values.get(key) or {}

    def line_of(self, field, offset=None) -> int:
        """The file's line of ``field`` (dotted), or of what holds it; ``offset`` counts lines within a text."""
        while field and field not in self.places:
            field = field.rpartition(".")[0]
        return self.places.get(field, 1) + (offset - 1 if offset else 0)


class _Reader:
    """Reads one head; collects faults instead of stopping at the first."""

    def __init__(self):
        self.head = Head()
        self.faults = []

    def refuse(self, node, field, message):
        self.faults.append(Fault(message, _line(node), field))

    def mapping(self, node, keys, prefix=""):
        """{key: value} of a mapping whose keys are known; refuses the others."""
        found = {}
        if not isinstance(node, yaml.MappingNode):
            self.refuse(
                node, prefix.rstrip("."), f"{prefix.rstrip('.') or 'phần đầu'} phải gồm các dòng «khóa: giá trị»"
            )
            return found
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else ""
            field = prefix + key
            if key not in keys:
                self.refuse(key_node, field, f"không có khóa «{key}»; {_meant(key, keys)}")
            elif key in found:
                self.refuse(key_node, field, f"khóa «{field}» ghi hai lần; hãy bỏ một")
            else:
                self.head.places[field] = _line(key_node)
                found[key] = getattr(self, f"read_{keys[key]}")(value_node, field)
        return found

    def read_line(self, node, field):
        """One line of text."""
        if _is_null(node):
            return ""
        if not isinstance(node, yaml.ScalarNode):
            self.refuse(node, field, f"{field} phải là một dòng chữ")
            return ""
        return one_line(node.value)

    def read_text(self, node, field):
        """Text of several lines, as it stands."""
        if isinstance(node, yaml.ScalarNode):
            # The words of a block scalar begin below its | sign, those that count below its first empty lines.
            empty = len(node.value) - len(node.value.lstrip("\n"))
            self.head.places[field] = _line(node) + (node.style in ("|", ">")) + empty
            return "" if _is_null(node) else node.value.strip("\n")
        self.refuse(node, field, f"{field} phải là chữ; viết sau dấu | và thụt vào")
        return ""

    def read_lines(self, node, field):
        """One line, or a list of lines."""
        if isinstance(node, yaml.SequenceNode):
            lines = [self.read_line(item, field) for item in node.value]
        else:
            lines = [self.read_line(node, field)]
        return tuple(line for line in lines if line)

    def read_number(self, node, field):
        """A number given to a paper: a whole number from 1."""
        if _is_null(node):
            return None
        if isinstance(node, yaml.ScalarNode) and re.fullmatch(r"0*[1-9]\d{0,6}", node.value, re.A):
            return int(node.value)
        self.refuse(node, field, "number phải là số nguyên từ 1, hoặc null khi chưa có số")
        return None

    def read_date(self, node, field):
        """A date as far as it is known."""
        if _is_null(node):
            return None
        text = node.value if isinstance(node, yaml.ScalarNode) else ""
        found = re.fullmatch(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?", text, re.A)
        if not found:
            self.refuse(node, field, "date phải viết như 2020-02-25, 2020-02 hoặc null")
            return None
        year, month, day = (int(part) if part is not None else None for part in found.groups())
        try:
            date(year, month, 1 if day is None else day)
        except ValueError:
            self.refuse(node, field, f"không có ngày {node.value}; hãy kiểm tra lại ngày và tháng")
            return None
        return PartialDate(year, month, day)

    def read_signature(self, node, field):
        """A signature block."""
        return {} if _is_null(node) else self.mapping(node, _SIGNATURE_KEYS, f"{field}.")

    def read_appendices(self, node, field):
        """A list of appendices."""
        if _is_null(node):
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.refuse(node, field, "appendices phải là danh sách, mỗi mục gồm title, type, orientation, body")
            return []
        rows = []
        for number, item in enumerate(node.value):
            self.head.places[f"{field}.{number}"] = _line(item)
            rows.append(self.mapping(item, _APPENDIX_KEYS, f"{field}.{number}."))
        return rows


def read_head(text) -> tuple[Head, list[Fault]]:
    """The head in ``text``, and what is wrong with its form."""
    reader = _Reader()
    reader.head.readable = False
    try:
        _refuse_tricks(text)
        node = yaml.compose(text, Loader=_LOADER)
    except _Trick as trick:
        return reader.head, [Fault(str(trick), trick.line)]
    except yaml.YAMLError as error:
        return reader.head, [_yaml_fault(error)]
    reader.head.readable = node is None or isinstance(node, yaml.MappingNode)
    if node is not None:
        reader.head.values = reader.mapping(node, KEYS)
    return reader.head, reader.faults


def _yaml_fault(error) -> Fault:
    """What PyYAML refused, in the words of the person who writes."""
    told = str(error)
    hint = next((hint for words, hint in _HINTS if words in told), "kiểm tra dấu hai chấm, dấu ngoặc và chỗ thụt dòng")
    mark = getattr(error, "problem_mark", None)
    return Fault(f"phần đầu không phải YAML đúng: {hint}", mark.line + 2 if mark else 2)


def _meant(key, keys) -> str:
    near = get_close_matches(key, keys, n=1)
    return f"có phải là «{near[0]}»?" if near else f"các khóa dùng được: {', '.join(keys)}"


class _Trick(ValueError):
    """Something in the YAML that a document never needs and that can do harm."""

    def __init__(self, message, mark=None):
        self.line = mark.line + 2 if mark else 2
        super().__init__(message)


def _refuse_tricks(text):
    """Raise for tags, anchors, aliases and deep nesting, before a tree is built from them."""
    if len(text) > MAX_HEAD:
        raise _Trick(f"phần đầu dài {len(text) // 1000:n} nghìn ký tự, tối đa {MAX_HEAD // 1000:n} nghìn")
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Trick(
                "không dùng dấu & và * của YAML (neo, bí danh); hãy viết lại giá trị, đặt trong dấu nháy nếu cần",
                event.start_mark,
            )
        if getattr(event, "tag", None):
            raise _Trick(
                "không dùng thẻ ! của YAML; hãy viết giá trị là chữ thường, đặt trong dấu nháy nếu cần",
                event.start_mark,
            )
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise _Trick("phần đầu lồng quá sâu", event.start_mark)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _is_null(node):
    return isinstance(node, yaml.ScalarNode) and node.tag == _NULL


def _line(node) -> int:
    """The file's line on which ``node`` begins: the head starts on the second."""
    return node.start_mark.line + 2
