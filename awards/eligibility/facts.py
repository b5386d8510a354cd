"""What is known of one recipient: plain values, from the database or typed on the telephone.

None and what is missing mean «not known», never «no». Of each fact ``record`` says what it is (an award, a rating) and ``key`` is
whatever the caller needs to link it to where it is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

# How well a year was done, the better the higher; on maternity leave nobody is rated.
LEVELS = {"failed": 0, "done": 1, "good": 2, "excellent": 3}
LEVEL_WORDS = {
    "failed": "không hoàn thành nhiệm vụ",
    "done": "hoàn thành nhiệm vụ",
    "good": "hoàn thành tốt nhiệm vụ",
    "excellent": "hoàn thành xuất sắc nhiệm vụ",
    "maternity": "nghỉ thai sản",
}
# Classes of posts, the higher the higher; who directly works holds none of them.
CLASSES = {"other": 1, "department": 2, "province": 3}
CLASS_WORDS = {
    "other": "lãnh đạo từ phó phòng trở lên",
    "department": "lãnh đạo cấp vụ, sở, ngành và tương đương trở lên",
    "province": "lãnh đạo cấp bộ, cấp tỉnh và tương đương trở lên",
}
SCOPES = {"unit": 1, "province": 2, "nation": 3}
SCOPE_WORDS = {"unit": "cấp cơ sở", "province": "cấp tỉnh", "nation": "cấp toàn quốc"}
KINDS = {"person": "cá nhân", "collective": "tập thể", "household": "hộ gia đình"}
# Whom some awards and some ways to them are for alone.
GROUP_WORDS = {
    "commune": "xã, phường, thị trấn, đặc khu",
    "village": "thôn, tổ dân phố",
    "province": "tỉnh, thành phố trực thuộc trung ương",
    "armed": "lực lượng vũ trang nhân dân",
    "foreign": "người nước ngoài",
    "volunteer": "thanh niên xung phong",
    "worker": "công nhân",
    "farmer": "nông dân",
    "labourer": "người lao động",
    "freelance": "người lao động tự do",
    "scholar": "doanh nhân, trí thức, nhà khoa học",
    "enterprise": "doanh nghiệp, tổ chức kinh tế khác",
    "overseas": "người Việt Nam định cư ở nước ngoài",
    "head-of-state": "nguyên thủ quốc gia nước ngoài",
    "corps": "quân khu, quân đoàn, quân chủng, binh chủng, tổng cục, hệ lực lượng trong Công an nhân dân và tương đương",
    "soldier": "hạ sĩ quan, chiến sĩ",
    "martyr": "liệt sĩ",
    "teacher": "nhà giáo, cán bộ quản lý giáo dục, cán bộ nghiên cứu giáo dục",
    "medic": "người hành nghề, cán bộ quản lý y tế",
    "artist": "người hoạt động văn hóa, nghệ thuật",
    "circus": "người hoạt động nghệ thuật xiếc, múa",
    "artisan": "người bảo vệ, phát huy giá trị di sản văn hóa",
    "manager": "cán bộ quản lý, nghiên cứu của ngành",
}
# Services whose years some awards ask for.
TENURE_WORDS = {
    "armed": "công tác liên tục trong Quân đội nhân dân, Công an nhân dân",
    "hardship": "làm nhiệm vụ trên biển, hải đảo, vùng đặc biệt khó khăn hoặc nhiệm vụ quốc tế",
    "volunteer": "tại ngũ thanh niên xung phong",
    "teaching": "trực tiếp nuôi dạy, giảng dạy",
    "education": "công tác trong ngành giáo dục",
    "treating": "trực tiếp làm chuyên môn kỹ thuật y tế",
    "health": "công tác trong ngành y tế",
    "art": "hoạt động trong lĩnh vực văn hóa, nghệ thuật",
    "heritage": "bảo vệ, phát huy giá trị di sản văn hóa",
    "consul": "làm Lãnh sự Danh dự Việt Nam",
    "contribution": "đóng góp vào công cuộc xây dựng, bảo vệ Tổ quốc Việt Nam",
}


@dataclass(frozen=True)
class Held:
    """An award that was given. ``year``: the last year of the merits it was given for.

    ``counts``: of a unit that went into this one, whether the office counts it; None until somebody decided.
    """

    record: ClassVar[str] = "award"
    award: str
    year: int
    decided_on: date | None = None
    number: str = ""
    route: str = "merit"
    deed: str = ""
    cancelled_on: date | None = None
    is_stripped: bool = False
    off_from: date | None = None
    back_on: date | None = None
    counts: bool | None = True
    key: object = None

    @property
    def words(self) -> str:
        """``năm 2024 (QĐ 12/QĐ-UBND)``"""
        return f"năm {self.year}" + (f" (QĐ {self.number})" if self.number else "")

    def lost_on(self, day: date) -> str:
        """Why it does not count on ``day``: cancelled or stripped by then, and not restored; nothing where it counts."""
        if self.cancelled_on and self.cancelled_on <= day:
            return f"{'bị tước' if self.is_stripped else 'đã hủy'} từ {self.cancelled_on:%d/%m/%Y}"
        if self.off_from and self.off_from <= day < self.back_on:
            return f"không tính từ {self.off_from:%d/%m/%Y} đến khi phục hồi ({self.back_on:%d/%m/%Y})"
        return ""


@dataclass(frozen=True)
class Rating:
    """How a person or a collective did a year's work."""

    record: ClassVar[str] = "rating"
    year: int
    level: str
    paper: str = ""
    counts: bool | None = True
    key: object = None

    @property
    def words(self) -> str:
        return f"năm {self.year} {LEVEL_WORDS[self.level]}" + (f" ({self.paper})" if self.paper else "")


@dataclass(frozen=True)
class Initiative:
    """A sáng kiến or đề tài that was recognised. ``used_for``: (award, year) for which it was used."""

    record: ClassVar[str] = "initiative"
    name: str
    scope: str
    year: int
    kind: str = "initiative"
    recognised_on: date | None = None
    number: str = ""
    used_for: tuple[str, int] | None = None
    key: object = None

    @property
    def words(self) -> str:
        return f"«{self.name}», năm {self.year}" + (f" (QĐ {self.number})" if self.number else "")


@dataclass(frozen=True)
class Pause:
    """Discipline (``discipline``) and what else stops awards while it lasts; both days included, no end while it is open."""

    record: ClassVar[str] = "pause"
    kind: str
    since: date
    until: date | None = None
    paper: str = ""
    key: object = None

    WORDS = {
        "discipline": "đang thi hành kỷ luật",
        "hearing": "đang được xem xét kỷ luật",
        "inspection": "đang thanh tra, điều tra, kiểm tra có dấu hiệu vi phạm",
        "complaint": "có khiếu nại, tố cáo, báo nêu đang được xác minh",
    }

    @property
    def words(self) -> str:
        until = f" đến {self.until:%d/%m/%Y}" if self.until else ""
        return f"{self.WORDS[self.kind]} từ {self.since:%d/%m/%Y}{until}" + (f" ({self.paper})" if self.paper else "")


@dataclass(frozen=True)
class Term:
    """A post that was held, or a service: ``position_class`` (``CLASSES``), ``service`` (``TENURE_WORDS``); both days included.

    ``since``: None where the first day is not known; ``is_hard``: in a place of hardship.
    """

    record: ClassVar[str] = "term"
    post: str
    since: date | None
    until: date | None = None
    place: str = ""
    position_class: str = ""
    service: str = ""
    is_hard: bool = False
    key: object = None

    @property
    def words(self) -> str:
        """``Giám đốc, Sở Mẫu từ 01/02/2010 đến 31/01/2015``"""
        since = f" từ {self.since:%d/%m/%Y}" if self.since else ""
        until = f" đến {self.until:%d/%m/%Y}" if self.until else ""
        return ", ".join(filter(None, (self.post, self.place))) + since + until


@dataclass(frozen=True)
class Team:
    """The people of a collective in a year; None for what was not counted."""

    record: ClassVar[str] = "team"
    year: int
    members: int
    completed: int | None = None
    ldtt: int | None = None
    cstdcs: int | None = None
    warned: int | None = None
    key: object = None

    @property
    def words(self) -> str:
        return f"năm {self.year}: {self.members} người"


@dataclass(frozen=True)
class Movement:
    """The movement for which one is proposed. ``by``: a key of ``BY``, or ``CENTRAL`` where it is not known which body of the
    nation; ``at``: one of ``AT``, nothing where it is not being reviewed.
    """

    record: ClassVar[str] = "movement"
    by: str
    begins: date
    ends: date
    at: str
    is_first: bool | None = None
    is_chosen: bool | None = None
    name: str = ""
    key: object = None

    BY = {
        "president": "Chủ tịch nước",
        "premier": "Thủ tướng Chính phủ",
        "ministry": "bộ, ban, ngành",
        "province": "tỉnh",
        "district": "huyện",
        "commune": "xã",
        "unit": "đơn vị",
    }
    CENTRAL = "nation"
    STATE = {"president", "premier", "ministry"}
    AT = {"interim": "sơ kết", "final": "tổng kết"}

    @property
    def words(self) -> str:
        return (
            f"{self.name or 'phong trào'} do {self.by_words} phát động, {self.begins:%d/%m/%Y} – {self.ends:%d/%m/%Y}"
        )

    @property
    def by_words(self) -> str:
        return "trung ương" if self.by == self.CENTRAL else self.BY[self.by]


@dataclass(frozen=True)
class Place:
    """How a unit stood among the ``of`` members of its cluster in a year; ``ruled_out``: why it has no ``rank``."""

    record: ClassVar[str] = "place"
    year: int
    cluster: str
    rank: int | None
    of: int
    points: str = ""
    ruled_out: str = ""
    key: object = None

    @property
    def words(self) -> str:
        """``Cụm thi đua số 1 năm 2025: hạng 01/08, 96,5 điểm``"""
        stood = f"hạng {self.rank:02}/{self.of:02}" if self.rank else f"không xếp hạng: {self.ruled_out}"
        return f"{self.cluster} năm {self.year}: {stood}" + (f", {self.points} điểm" if self.points else "")


@dataclass(frozen=True)
class Facts:
    """All that is known of a person, a collective or a household (``kind``).

    ``began_on``: born, founded. ``known_from``: the first year whose awards were entered in full; None where all were.
    ``led``: {year: who organised the cluster it led, "" for none}, ``places``: what tells so.
    ``attested``: {what a unit confirms: yes or no}.
    ``tenures``: {a service of ``TENURE_WORDS``, a class of ``CLASSES``: years in it} as somebody typed them, ``hard_tenures``
    those of them in places of hardship; ``terms``: posts and services with their days, by which they are counted elsewhere.
    """

    kind: str
    name: str = ""
    began_on: date | None = None
    ended_on: date | None = None
    known_from: int | None = None
    held: tuple[Held, ...] = ()
    ratings: tuple[Rating, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    pauses: tuple[Pause, ...] = ()
    teams: tuple[Team, ...] = ()
    movement: Movement | None = None
    led: Mapping[int, str] = field(default_factory=dict)
    places: tuple[Place, ...] = ()
    may_receive_flags: bool | None = None
    groups: frozenset[str] = frozenset()
    model_years: int | None = None
    attested: Mapping[str, bool] = field(default_factory=dict)
    tenures: Mapping[str, int] = field(default_factory=dict)
    hard_tenures: Mapping[str, int] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()
    is_woman: bool | None = None
