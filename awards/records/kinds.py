"""The five kinds of records beside awards, each with its list, its form, and what it is called."""

from dataclasses import dataclass

from django.db import models

from units.columns import Column, InFile

from ..log import About
from ..recipients.models import PositionClass
from .filters import HeldPostFilter, InitiativeFilter, PauseFilter, RatingFilter, TeamFilter
from .forms import HeldPostForm, InitiativeForm, PauseForm, RatingForm, RecordForm, TeamForm
from .headings import SHEETS
from .models import HeldPost, Initiative, Pause, Rating, Team


@dataclass(frozen=True)
class Kind:
    """One kind: its addresses are ``many``, ``new_<one>``, ``<one>``, ``remove_<one>``, under ``path``."""

    one: str
    many: str
    path: str
    title: str
    what: str
    new: str
    hint: str
    about: str
    model: type[models.Model]
    form: type[RecordForm]
    filter: type
    columns: list
    sorts: dict
    related: tuple = ("recipient__unit",)


def _authors(row) -> str:
    return ", ".join(author.recipient.name for author in row.authorships.all())


def _used(row) -> str:
    used = [author for author in row.authorships.all() if author.used_in_id]
    return ", ".join(f"{author.recipient.name} ({author.used_in.title}, {author.used_in.year})" for author in used)


def _class(row) -> str:
    """As short as a column is."""
    return PositionClass(row.position_class).short if row.position_class else ""


_WHO = [
    Column("Cá nhân, tập thể", "recipient.name", main=True, note="recipient.unit.name", sort="ten"),
    InFile("Đơn vị", "recipient.unit.name"),
]
_SORTS = {"ten": ["recipient__sort_text"], "nam": ["year"]}
INITIATIVES = Kind(
    "initiative", "initiatives", "sang-kien", "Sáng kiến, đề tài", "sáng kiến", "Ghi sáng kiến",
    "Sáng kiến đã được công nhận, kèm tác giả và quyết định công nhận; mỗi tác giả dùng một lần để xét khen thưởng.",
    About.INITIATIVE, Initiative, InitiativeForm, InitiativeFilter,
    [
        Column("Tên", "name", main=True, clip=True),
        Column("Tác giả", _authors, label="Tác giả", look="said"),
        Column("Loại", "get_kind_display", label="Loại"),
        Column("Phạm vi", "get_scope_display", label="Phạm vi"),
        Column("Năm", "year", sort="nam", label="Năm"),
        Column("Quyết định công nhận", "number", note="issuer", label="Quyết định"),
        InFile("Ngày công nhận", "recognised_on"),
        InFile("Cơ quan công nhận", "issuer"),
        InFile("Tóm tắt", "summary"),
        Column("Đã dùng để xét", _used, label="Đã dùng", look="said"),
    ],
    {"nam": ["year"]}, (),
)  # fmt: skip
RATINGS = Kind(
    "rating", "ratings", "xep-loai", "Xếp loại hằng năm", "xếp loại", "Ghi xếp loại",
    "Mức hoàn thành nhiệm vụ từng năm của cá nhân, tập thể.", About.RATING, Rating, RatingForm, RatingFilter,
    [
        *_WHO,
        Column("Năm", "year", sort="nam", label="Năm"),
        Column("Mức xếp loại", "get_level_display", label="Mức"),
        Column("Theo văn bản", "paper", label="Văn bản"),
    ],
    _SORTS,
)  # fmt: skip
TEAMS = Kind(
    "team", "teams", "so-nguoi", "Số người của tập thể", "dòng", "Ghi số người",
    "Số người đạt danh hiệu trong từng năm, làm căn cứ xét danh hiệu tập thể.", About.TEAM, Team, TeamForm, TeamFilter,
    [
        *_WHO,
        Column("Năm", "year", sort="nam", label="Năm"),
        Column("Số người", "members", label="Số người", look="points"),
        Column("Hoàn thành nhiệm vụ", "completed", label="Hoàn thành", look="points"),
        Column("Lao động tiên tiến", "ldtt", label="LĐTT", look="points"),
        Column("Chiến sĩ thi đua cơ sở", "cstdcs", label="CSTĐCS", look="points"),
        Column("Kỷ luật từ cảnh cáo", "warned", label="Kỷ luật", look="points"),
    ],
    _SORTS,
)  # fmt: skip
PAUSES = Kind(
    "pause", "pauses", "ky-luat", "Kỷ luật, tạm dừng", "dòng", "Ghi kỷ luật, tạm dừng",
    "Kỷ luật và những trường hợp tạm dừng xét khen thưởng, từ ngày đến ngày.", About.PAUSE, Pause, PauseForm, PauseFilter,
    [
        *_WHO,
        Column("Loại", "get_kind_display", label="Loại"),
        Column("Từ ngày", "since", sort="tu", label="Từ ngày", look="nowrap"),
        Column("Đến ngày", "until", label="Đến ngày", look="nowrap"),
        Column("Theo văn bản", "paper", label="Văn bản", look="said"),
        InFile("Ghi chú", "note"),
    ],
    {"ten": ["recipient__sort_text"], "tu": ["since"]},
)  # fmt: skip
HELD_POSTS = Kind(
    "held_post", "held_posts", "chuc-vu", "Chức vụ đã giữ", "chức vụ", "Ghi chức vụ",
    "Chức vụ và thời gian công tác, từ ngày đến ngày, làm căn cứ xét quá trình cống hiến, niên hạn.",
    About.HELD_POST, HeldPost, HeldPostForm, HeldPostFilter,
    [
        *_WHO,
        Column("Chức vụ, công việc", "post", note="place", label="Chức vụ"),
        InFile("Cơ quan, đơn vị", "place"),
        Column("Từ ngày", "since", sort="tu", label="Từ ngày", look="nowrap"),
        Column("Đến ngày", "until", label="Đến ngày", look="nowrap"),
        Column("Lớp chức vụ", "get_position_class_display", shown=_class, label="Lớp"),
        Column("Thời gian tính", "get_service_display", label="Tính"),
        InFile("Địa bàn khó khăn", lambda row: "x" if row.is_hard else ""),
        Column("Theo văn bản", "paper", label="Văn bản", look="said"),
    ],
    {"ten": ["recipient__sort_text"], "tu": ["since"]},
)  # fmt: skip
KINDS = (INITIATIVES, RATINGS, TEAMS, PAUSES, HELD_POSTS)


def kinds_of(recipient) -> list[Kind]:
    """The kinds of records that may be about a recipient."""
    return [kind for kind in KINDS if recipient.kind in SHEETS[kind.model].whom]
