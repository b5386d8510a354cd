"""How every thing that stands somewhere is shown: its words and its colour, by hand."""

from copy import deepcopy
from datetime import UTC, date, datetime

import pytest
from django.template import engines

from campaigns.models import Campaign, Example, Result, Review
from clusters.models import Activity, Attendance, Ballot, CriteriaSet, Division, Pact, ScoreSheet
from documents.duties.actions import Standing
from documents.models import Document, Mail

AZURE, BLUE, GREEN, LIME, YELLOW, ORANGE, RED, GREY = (
    f"badge bg-{colour}-lt" for colour in ["azure", "blue", "green", "lime", "yellow", "orange", "red", "secondary"]
)
OPEN, WAIT, DONE, DONE_LATE, LATE, REST = (
    f"standing standing-{tone}" for tone in ["open", "wait", "done", "done_late", "late", "not_asked"]
)
BEGAN = {"begins_on": date(2020, 1, 1), "ends_on": date(2990, 1, 1)}
AHEAD = {"begins_on": date(2980, 1, 1), "ends_on": date(2990, 1, 1)}
OVER = {"begins_on": date(2020, 1, 1), "ends_on": date(2021, 1, 1)}
SEEN = {"consented_on": date(2026, 1, 1)}
NOON = datetime(2026, 3, 31, 17, 30, tzinfo=UTC)


def in_states(kind, looks, words, **facts):
    """A row of ``kind`` in each state, in their order, with what is to be seen of it."""
    rows = [kind(state=state, **facts) for state in kind.State]
    return list(zip(rows, looks, words, strict=True))


SHOWN = [
    *in_states(
        Document,
        [AZURE, YELLOW, ORANGE, ORANGE, LIME, GREEN, RED, RED, GREY],
        ["Dự thảo", "Chờ duyệt", "Đã đồng ý, chờ trình ký", "Đã trình, chờ ký", "Đã duyệt, chờ số", "Đã ban hành",
         "Đã bị thay thế", "Đã thu hồi", "Đã bỏ"],
    ),
    (Document(origin="received", state="issued"), GREEN, "Văn bản đến"),
    (Document(origin="received", state="recalled"), RED, "Đã thu hồi"),
    (Document(origin="cited", state="issued"), GREY, "Làm căn cứ"),
    (Document(origin="cited", state="replaced"), RED, "Đã bị thay thế"),
    (Document(origin="sent", state="issued"), GREEN, "Đã ban hành"),
    *in_states(Mail, [WAIT, OPEN, DONE, LATE, REST], ["Chờ gửi", "Đang gửi", "Đã gửi", "Gửi lỗi", "Đã bỏ"]),
    (Standing.LATE, LATE, "Quá hạn"),
    (Standing.OPEN, OPEN, "Chưa xong"),
    (Standing.DONE, DONE, "Đã xong"),
    (Standing.DONE_LATE, DONE_LATE, "Xong muộn"),
    (Standing.NOT_ASKED, REST, "Không yêu cầu"),
    *in_states(Division, [YELLOW, GREEN], ["Dự thảo", "Đã thông báo"]),
    *in_states(CriteriaSet, [YELLOW, GREEN], ["Đang soạn", "Đã duyệt"]),
    *in_states(
        ScoreSheet, [GREY, YELLOW, YELLOW, GREEN],
        ["Đơn vị tự chấm", "Chờ cụm thẩm định", "Chờ Sở Nội vụ chốt", "Đã chốt"],
    ),
    *in_states(Activity, [OPEN, WAIT, LATE, DONE], ["Đang ghi", "Đã báo cáo", "Bị trả lại", "Đã ghi nhận"]),
    (Attendance(came="present"), DONE, "Có mặt"),
    (Attendance(came="excused"), WAIT, "Vắng có lý do"),
    (Attendance(came="absent"), LATE, "Vắng"),
    *in_states(
        Pact, [GREY, YELLOW, BLUE, BLUE, GREEN, RED],
        ["Đang soạn", "Chờ các bên ký", "Các bên đã ký đủ", "Đã trình Hội đồng", "Hội đồng đã xác nhận", "Bị trả lại"],
    ),
    *in_states(
        Ballot, [AZURE, YELLOW, GREEN, GREY, GREY],
        ["Đang chuẩn bị", "Đang bỏ phiếu", "Đã kiểm phiếu", "Đã hủy", "Đã hủy kết quả"],
    ),
    *in_states(
        Campaign, [AZURE, GREEN, GREEN, GREEN, GREEN, GREY, YELLOW, RED, RED],
        ["Dự thảo", "Đang triển khai", "Đã sơ kết", "Đã tổng kết", "Đã khen thưởng", "Kết thúc", "Hoãn", "Dừng",
         "Được thay thế"], **BEGAN,
    ),
    (Campaign(state="launched", **AHEAD), GREEN, "Đã phát động"),
    (Campaign(state="launched", **OVER), YELLOW, "Hết thời gian, chờ tổng kết"),
    (Campaign(state="interim", **OVER), YELLOW, "Hết thời gian, chờ tổng kết"),
    (Campaign(state="final", **OVER), GREEN, "Đã tổng kết"),
    *in_states(Review, [OPEN, DONE, LATE], ["Đang nhận báo cáo", "Đã thực hiện", "Dừng tổ chức"]),
    (Result(sent_at=NOON, returned_for="Thiếu"), DONE, "Đã gửi"),
    (Result(returned_for="Thiếu"), LATE, "Bị trả lại"),
    (Result(), WAIT, "Đang ghi"),
    (Example(kind="person", published_on=date(2026, 1, 2), **SEEN), DONE, "Đã công bố"),
    (Example(kind="collective", published_on=date(2026, 1, 2)), DONE, "Đã công bố"),
    (Example(kind="person", **SEEN), OPEN, "Chưa công bố"),
    (Example(kind="collective"), OPEN, "Chưa công bố"),
    (Example(kind="person", consent_ended_on=date(2026, 1, 3), **SEEN), LATE, "Đã rút lại đồng ý"),
    (Example(kind="person"), WAIT, "Chưa có đồng ý"),
]  # fmt: skip


def told(source, **context):
    return engines["django"].from_string(source).render(context)


@pytest.mark.parametrize(
    ("row", "look", "words"), SHOWN, ids=[f"{type(row).__name__}: {words}" for row, _, words in SHOWN]
)
def test_a_thing_is_shown_in_its_words_and_its_colour(row, look, words):
    assert told("{% state row %}", row=row) == f'<span class="{look}">{words}</span>'


def test_a_day_stands_behind_the_words():
    source = '{% state row row.sent_at|date:"d/m/Y" %}'
    assert told(source, row=Result(sent_at=NOON)) == f'<span class="{DONE}">Đã gửi 01/04/2026</span>'
    assert told(source, row=Result()) == f'<span class="{WAIT}">Đang ghi</span>'


def test_a_tone_changes_nothing_else_of_a_choice():
    state = Document.State.AGREED
    assert (state, state.value, state.tone, str(state)) == ("agreed", "agreed", "orange", "agreed")
    assert Document.State.choices[2] == ("agreed", "Đã đồng ý, chờ trình ký")
    assert Document.State("agreed") is state is deepcopy(state)
    assert Standing.choices[0] == ("late", "Quá hạn")
