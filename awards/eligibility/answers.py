"""What one asks on the telephone about an award: who decides, how many votes, how much money, which items, which papers.

A book of a day in, questions with answers out, each with where it stands. The page of an award and «Tra quy định» show the same.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from units.shares import votes_needed

from ..catalogue.law import Book, Row
from ..catalogue.values import REGULAR, amount_of
from .authority import office, payer
from .facts import KINDS
from .money import coefficient, decimal, prize
from .sentences import Point, for_whom, points
from .votes import BODIES
from .words import dotted


@dataclass(frozen=True)
class Said:
    """One thing that is laid down, as one would say it; without ``words`` its ``points`` are all it says.

    ``steps``: how a figure came about; ``row``: of the catalogue.
    """

    words: str
    citation: str = ""
    row: Row | None = None
    steps: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()


@dataclass(frozen=True)
class Answer:
    """A question and what is laid down about it; ``nothing`` is said where nothing is. ``is_more``: seldom asked."""

    code: str
    question: str
    said: tuple[Said, ...]
    nothing: str = ""
    is_more: bool = False


@dataclass(frozen=True)
class Asked:
    """What is asked about: an award on the day of a book; for whom, decided by which office, voted on by how many, if said."""

    book: Book
    award: str
    whom: str = ""
    by: str = ""
    voters: int | None = None

    @property
    def kinds(self) -> list[str]:
        """Whom the award is for, of those that are asked about."""
        whom = self.book.awards[self.award].more["for"]
        return [kind for kind in whom if self.whom in ("", kind)]

    @property
    def office(self) -> str:
        """The office that is asked about, where it may decide."""
        return self.by if self.by in self.deciders else ""

    @property
    def deciders(self) -> dict[str, Row]:
        """{office: the row by which it decides on the award}."""
        return {row.value: row for row in self.book.all("decides", self.award) if row.award != "*"}

    def rows(self, kind: str) -> list[Row]:
        """The rows of a kind about the award, what holds for more awards first."""
        found = self.book.all(kind, self.award, self.whom or "*")
        return sorted(found, key=lambda row: (row.award == self.award, row.award != "*"))

    def said(self, row: Row, words: str, **more) -> Said:
        """``words`` with where the row stands; with whom it is for where it is not for all that are asked about."""
        is_for_all = row.whom == "*" or self.whom or len(self.kinds) < 2
        is_told = is_for_all or words.lower().startswith(KINDS[row.whom])
        return Said(
            words if is_told else f"{KINDS[row.whom].capitalize()}: {words}", self.book.citation(row), row, **more
        )


def answers(asked: Asked) -> list[Answer]:
    """Everything that is laid down about an award that there is on that day, in the order in which one asks."""
    return [
        Answer(code, question, tuple(find(asked)), nothing.format(name=asked.book.name(asked.award)), code in _MORE)
        for code, question, find, nothing in _QUESTIONS
    ]


# --- Who


def _name(asked) -> Iterator[Said]:
    row = asked.book.the("name", asked.award) or asked.book.awards[asked.award]
    yield Said(f"{row.value}.", asked.book.citation(row), row)


def _receives(asked) -> Iterator[Said]:
    row = asked.book.awards[asked.award]
    words = ", ".join(KINDS[kind] for kind in row.more["for"]).capitalize()
    group = for_whom(row)
    after_death = "; truy tặng được cho cá nhân đã mất" if "posthumous" in row.more and "person" in asked.kinds else ""
    yield Said(f"{words}{f' (chỉ {group})' if group else ''}{after_death}.", asked.book.citation(row), row)
    if like := row.more.get("counts_as"):
        yield Said(f"Trong tiêu chuẩn của danh hiệu, hình thức khác được tính như {asked.book.name(like)}.")


def _decides(asked) -> Iterator[Said]:
    rows, name = asked.deciders, asked.by and office(asked.book, asked.by).more["name"]
    if asked.by and not asked.office:
        ended = office(asked.book, asked.by).until
        gone = f" (không còn cấp này từ sau {ended:%d/%m/%Y})" if ended and ended < asked.book.day else ""
        yield Said(f"{name}{gone} không quyết định tặng ngày {asked.book.day:%d/%m/%Y}.")
    for code, row in rows.items():
        if asked.office in ("", code):
            yield asked.said(row, f"{office(asked.book, code).more['name']} quyết định.")


def _proposes(asked) -> Iterator[Said]:
    """What is laid down for this award; what holds for all only where there is none."""
    rows = [row for row in asked.rows("proposes") if row.award != "*"] or asked.rows("proposes")
    return (asked.said(row, f"{row.value}.") for row in rows)


def _cancels(asked) -> Iterator[Said]:
    if row := asked.book.the("cancels", asked.award):
        yield asked.said(row, "Người đã quyết định tặng có thẩm quyền hủy quyết định.")
    if row := asked.book.the("strips", asked.award):
        yield asked.said(row, f"{office(asked.book, row.value).more['name']} tước, phục hồi.")


# --- Votes, caps


def _votes(asked) -> Iterator[Said]:
    if row := asked.book.the("votes", asked.award):
        secret = ", bỏ phiếu kín" if row.more.get("secret") else ""
        steps = ()
        if asked.voters:
            needed = votes_needed(amount_of(row.value) * 100, asked.voters)
            steps = (f"{share(row.value)} của {asked.voters}: cần ít nhất {needed} phiếu đồng ý.",)
        yield asked.said(row, f"Ít nhất {share(row.value)} {row.more['of']} đồng ý{secret}.", steps=steps)


def _quorum(asked) -> Iterator[Said]:
    if row := asked.book.the("quorum", asked.award):
        yield asked.said(row, f"Hội đồng họp khi có ít nhất {share(row.value)} {row.more['of']} dự.")


def _council(asked) -> Iterator[Said]:
    if row := asked.book.the("body", asked.award):
        yield asked.said(row, f"{BODIES[row.value]} xét.")
    row = asked.book.the("majority", asked.award)
    if row and not asked.book.the("votes", asked.award):
        yield asked.said(row, f"Hội đồng thông qua khi quá {share(row.value)} {row.more['of']} đồng ý.")


def _cap(asked) -> Iterator[Said]:
    if row := asked.book.the("cap", asked.award):
        yield asked.said(row, f"Không quá {share(row.value)} số {asked.book.name(row.more['of'])}.")
    if row := asked.book.the("quota", asked.award):
        yield asked.said(row, f"Nhiều nhất {row.value} {row.more['of']}.")


def share(value: str) -> str:
    """``80%`` → ``80 %``; ``2/3`` stays."""
    return f"{decimal(value[:-1])} %" if value.endswith("%") else value


# --- Money, items


def _money(asked) -> Iterator[Said]:
    for whom in asked.kinds:
        for by in [asked.office] if asked.office else ["", *_with_own_money(asked, whom)]:
            rule = coefficient(asked.book, asked.award, whom, by)
            if not rule:
                continue
            row = rule.rows[0]
            money = prize(asked.book, asked.award, whom, by)
            for_kind = f"{KINDS[whom].capitalize()}" if len(asked.book.awards[asked.award].more["for"]) > 1 else ""
            by_whom = f"do {office(asked.book, by).more['name']} quyết định" if row.by else ""
            head = ", ".join(filter(None, (for_kind, by_whom)))
            words = f"{'không quá ' if money.is_most else ''}{dotted(money.amount)} đồng ({money.in_words.lower()})."
            words = f"{head}: {words}" if head else words[0].upper() + words[1:]
            yield Said(words, "; ".join(money.citations), row, money.steps)


def _with_own_money(asked, whom) -> list[str]:
    """Offices for whose decisions another coefficient is laid down."""
    offices = [row.more["code"] for row in asked.book.catalogue.rows if row.kind == "office"]
    rules = {code: asked.book.the("coefficient", asked.award, whom, code) for code in offices}
    return [code for code, row in rules.items() if row and row.by == code]


def _pays(asked) -> Iterator[Said]:
    row = asked.book.the("pays", asked.award)
    if not row:
        return
    funds = {office(asked.book, code).more["fund"] for code in asked.deciders}
    if asked.office:
        yield asked.said(row, f"Do {payer(asked.book, asked.award, asked.office)[0]} chi.")
    elif funds:
        yield asked.said(
            row, f"Do quỹ thi đua, khen thưởng của {' hoặc '.join(_FUNDS[fund] for fund in sorted(funds))} chi."
        )


_FUNDS = {"own": "cấp quyết định", "proposer": "cơ quan đề nghị"}


def _items(asked) -> Iterator[Said]:
    for row in asked.rows("items"):
        words = ", ".join(row.value)
        yield asked.said(row, f"{words}." if words else "Văn bản không nêu hiện vật kèm theo.")


# --- Papers, days


def _each(kind: str) -> Callable:
    """What stands in rows of a kind as it is."""
    return lambda asked: (asked.said(row, f"{row.value}.") for row in asked.rows(kind))


def _dossier(asked) -> Iterator[Said]:
    """What is in it, piece by piece."""
    for row in asked.rows("dossier"):
        yield asked.said(row, "", points=tuple(Point(words) for words in row.value))


def _public(asked) -> Iterator[Said]:
    yield from _each("public")(asked)
    if row := asked.book.the("public_days", asked.award):
        yield asked.said(row, f"Công khai {row.value} ngày làm việc.")


def _clock(asked) -> Iterator[Said]:
    return (asked.said(row, f"{row.more['of']}: {row.value} ngày làm việc.") for row in asked.rows("clock"))


def _instead(asked) -> Iterator[Said]:
    """What is looked at where it is not given."""
    return (asked.said(row, f"{asked.book.name(row.value)}.") for row in asked.rows("instead"))


def _paper(asked) -> Iterator[Said]:
    return (asked.said(row, f"{row.value} mm.") for row in asked.rows("paper"))


def _other(asked) -> Iterator[Said]:
    """What is laid down about this award; what the law says of all is no answer about one."""
    return (asked.said(row, f"{row.value}.") for row in asked.rows("other") if row.award != "*")


# --- What is asked for


def _criteria(asked) -> Iterator[Said]:
    for row in asked.rows("criterion"):
        if row.award != "*":
            yield asked.said(row, _way(asked.book, row), points=tuple(points(asked.book, row)))


# What is given is commended without a loại hình of its own (Luật 2022, Điều 73, 74).
_UNNAMED = "Khen thưởng do đóng góp công sức, tài sản"


# A danh hiệu has no loại hình: it is won in emulation, all the year or on a theme (Luật 2022, Điều 16).
EMULATION = {REGULAR: "Thi đua thường xuyên", "movement": "Thi đua theo chuyên đề"}


def _way(book, row) -> str:
    """The head of a criterion: which kind of award or of emulation, for whom alone, after what."""
    code = row.more.get("route", REGULAR)
    is_title = book.awards[row.award].more["form"] == "title"
    route = is_title and EMULATION.get(code)
    route = route or next((each.value for each in book.all("route") if each.more["code"] == code), _UNNAMED)
    group, after = for_whom(row), row.more.get("after")
    words = f"{route}{f' ({group})' if group else ''}"
    return f"{words}: đã được tặng {book.name(after)} và sau đó" if after else words


def _general(asked) -> Iterator[Said]:
    for row in asked.rows("criterion"):
        if row.award == "*" and _concerns(asked, row):
            found = points(asked.book, row)
            yield asked.said(row, f"{'; '.join(point.words for point in found)}.")


def _concerns(asked, row) -> bool:
    """Whether what is asked of every award says something of this one."""
    about = asked.book.awards[asked.award].more
    is_state_form = about["form"] != "title" and about["level"] == "state"
    by_condition = {"one_state_form": is_state_form, "one_flag": bool(about.get("flag"))}
    is_for = (row.whom == "*" or row.whom in asked.kinds) and _goes(asked, row.more.get("route", REGULAR))
    return is_for and all(by_condition.get(need["is"], True) for need in row.more["needs"])


def _goes(asked, route) -> bool:
    """Whether one may come to the award by ``route`` at all."""
    ways = {row.more.get("route", REGULAR) for row in asked.rows("criterion") if row.award != "*"}
    return route == REGULAR or route in ways or bool(asked.book.all(route, asked.award))


def _principles(asked) -> Iterator[Said]:
    yield from (asked.said(row, f"{row.more['words']}.") for row in asked.book.all("principle"))
    if (row := asked.book.the("tie", asked.award)) and {"person", "collective"} & set(asked.kinds):
        words = f"Kết quả bằng nhau: ưu tiên cá nhân nữ, tập thể có từ {share(row.value)} nữ trở lên."
        yield asked.said(row, words)


def _service(asked) -> Iterator[Said]:
    """Long service, with what women are spared where one may come to the award by it at all."""
    found = asked.rows("service")
    yield from (asked.said(row, f"{row.value}.") for row in found)
    if (row := asked.book.the("terms", asked.award)) and _serves(asked):
        yield asked.said(row, f"Nữ giữ chức vụ lãnh đạo, quản lý được giảm {row.value} {row.more['of']}.")


def _serves(asked) -> bool:
    """Whether there is a way to the award by long service."""
    return any(row.more.get("route") == "service" for row in asked.rows("criterion") if row.award != "*")


def _factor(asked) -> Iterator[Said]:
    if row := asked.book.the("factor", asked.award):
        words = "Thời gian ở biên giới, trên biển, hải đảo, vùng đặc biệt khó khăn được nhân hệ số"
        yield asked.said(row, f"{words} {decimal(row.value)}.")


_QUESTIONS = (
    ("name", "Tên gọi", _name, ""),
    ("receives", "Ai được nhận", _receives, ""),
    ("decides", "Ai quyết định", _decides, "Danh mục chưa ghi ai quyết định {name} vào ngày này."),
    ("proposes", "Ai đề nghị", _proposes, "Danh mục chưa ghi ai đề nghị {name} vào ngày này."),
    ("votes", "Tỷ lệ phiếu", _votes, "Không quy định tỷ lệ phiếu: theo quy chế của Hội đồng."),
    ("quorum", "Họp Hội đồng", _quorum, ""),
    ("council", "Hội đồng xét", _council, ""),
    ("money", "Tiền thưởng", _money, "Không có mức tiền thưởng cho {name} vào ngày này."),
    ("pays", "Ai chi tiền thưởng", _pays, ""),
    ("items", "Hiện vật", _items, "Danh mục chưa ghi hiện vật kèm {name} vào ngày này."),
    ("dossier", "Hồ sơ", _dossier, "Danh mục chưa ghi thành phần hồ sơ vào ngày này."),
    ("public", "Công khai", _public, ""),
    ("simple", "Thủ tục đơn giản", _each("simple"), ""),
    ("deadline", "Hạn gửi", _each("deadline"), ""),
    ("cycle", "Kỳ xét tặng", _each("cycle"), ""),
    ("clock", "Thời hạn xử lý", _clock, ""),
    ("cap", "Giới hạn số lượng", _cap, ""),
    ("criteria", "Tiêu chuẩn", _criteria, "Danh mục chưa có tiêu chuẩn cho ngày này: người phụ trách xem xét."),
    ("instead", "Không được thì xét", _instead, ""),
    ("factor", "Cách tính thời gian", _factor, ""),
    ("general", "Điều kiện chung", _general, ""),
    ("details", "Ai quy định chi tiết", _each("details"), ""),
    ("principles", "Nguyên tắc xét", _principles, ""),
    ("service", "Xét cống hiến", _service, ""),
    ("presents", "Ai trao tặng", _each("presents"), ""),
    ("paper", "Khổ giấy", _paper, ""),
    ("rights", "Quyền, nghĩa vụ", _each("rights"), ""),
    ("cancels", "Ai hủy, tước", _cancels, ""),
    ("ground", "Khi nào hủy", _each("ground"), ""),
    ("strip", "Khi nào tước", _each("strip"), ""),
    ("restore", "Phục hồi", _each("restore"), ""),
    ("other", "Quy định khác", _other, ""),
)
# Seldom asked on the telephone: below all else, folded.
_MORE = {
    "details",
    "principles",
    "service",
    "presents",
    "paper",
    "rights",
    "cancels",
    "ground",
    "strip",
    "restore",
    "other",
}
