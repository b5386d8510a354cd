"""The page of a phone in Chromium: cards, names, no line, another window, another link, the end; and its camera."""

import shutil
import unicodedata

import pytest
from playwright.sync_api import expect

from conferences.cards import codes
from conferences.door.actions import close, renew
from conferences.models import Delegate, Door, Scan
from tests.conftest import LONGEST_WAIT, is_too_wide, wait_for_answers

from .conftest import card, firsts, make_congress, make_door, make_people
from .watched import LOOK, VIOLATIONS, all_sent, film, open_door_page, said

READS = """() => new Promise((done) => {
    const reader = new Worker(document.body.dataset.reader);
    reader.onmessage = () => done(true);
    reader.onerror = () => done(false);
    reader.postMessage(new ImageData(8, 8));
})"""
COMPILES = """async () => {
    try { await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])); return 'compiled'; }
    catch (error) { return error.name; }
}"""
LEFT = """async () => {
    const all = (name) => cua.stored(name, (store) => store.getAll(), 'readonly');
    const [people, scans, meta] = [await all('people'), await all('scans'), await all('meta')], kept = [];
    for (const name of await caches.keys())
        for (const one of await (await caches.open(name)).keys()) kept.push(new URL(one.url).pathname);
    const strange = kept.filter((path) => !path.startsWith('/static/') && !/^.cua.(doc-ma.js|app.webmanifest)?$/.test(path));
    return [people.length, scans.length, /Nguyễn|Ba Sơn/.test(JSON.stringify([people, scans, meta])), strange];
}"""
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.front_end("the page of a phone"),
]


@pytest.fixture
def at_door(phone_page, door, people, live_server, settings):
    """The page of a phone that opened the link, which a camera app would open; what it forbids is told at the end."""
    settings.PUBLIC_ADDRESS = live_server.url
    phone_page.context.add_init_script(VIOLATIONS)
    phone_page.on("dialog", lambda dialog: dialog.accept())
    open_door_page(phone_page, door.address, 6)
    yield phone_page
    assert phone_page.evaluate("() => globalThis.violations ?? []") == []


def type_in(page, words):
    page.fill("#text", words)
    page.press("#text", "Enter")


def without_a_line(page, page_errors, off=True):
    """What a phone says of a broken line is no fault of the page."""
    page_errors.foreseen.add("ERR_INTERNET_DISCONNECTED")
    page.context.set_offline(off)


def test_a_guard_at_the_door(at_door, people, door, page_errors):
    page, one = at_door, people[0]
    assert page.evaluate("() => location.hash") == ""
    type_in(page, one.code[3:].lower())
    page.get_by_text("Mời vào").wait_for()
    assert said(page)[1:] == ["Nguyễn Văn An", "UBND xã Ba Sơn", "Đại biểu chính thức, ghế A1"]
    type_in(page, codes.shown(one.code))
    page.get_by_text("Thẻ đã vào rồi").wait_for()
    assert said(page)[3].startswith("Lần đầu lúc")
    assert said(page)[3].endswith("Cửa 1")

    # By name, without marks, with a keyboard that parts letters and marks; taken back with a button.
    type_in(page, unicodedata.normalize("NFD", "đặng"))
    page.locator("#found button").get_by_text("Đặng Thị Bình").click()
    page.get_by_text("Mời vào").wait_for()
    assert "2/6" in page.text_content("#count")
    page.click("#undo")
    page.get_by_text("Đã thu lại").wait_for()
    assert "1/6" in page.text_content("#count")

    for text, words in (
        ("QQQ", "Không tìm thấy"),
        (f"{one.code[3:-1]}{'2' if one.code[-1] != '2' else '3'}", "sai một chữ"),
        (codes.make("QQQ"), "Thẻ của hội nghị khác"),
        (codes.make("VT7"), "Mã không có trong danh sách"),
    ):
        type_in(page, text)
        page.get_by_text(words).wait_for()
    page.evaluate("() => cua.scan('https://example.org', 'qr')")
    page.get_by_text("Không phải mã thẻ").wait_for()
    assert not is_too_wide(page)
    all_sent(page)
    assert set(firsts(door.event)) == {one.pk}
    assert sorted(Scan.objects.values_list("way", "fault")) == sorted(
        [("go", ""), ("go", ""), ("ten", ""), ("go", "elsewhere"), ("go", "unknown"), ("qr", "unreadable")]
    )


# What a Vietnamese keyboard makes of the nine letters: (those that were pressed, what it wrote).
EATEN = [("AS4DD9W2", "Á4Đ9W2"), ("E5KAAS7W", "E5KẤ7W"), ("A15D9K4W", "Á5ĐK4Ư")]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_letters_that_a_vietnamese_keyboard_ate_are_known(at_door, people, page_errors, form):
    page, rows = at_door, people[: len(EATEN)]
    for one, (letters, _) in zip(rows, EATEN, strict=True):
        one.code = f"VT7{letters}{codes.check(f'VT7{letters}')}"
        one.save()
    page.reload()
    page.evaluate("() => cua.ready")
    page.wait_for_function("(code) => cua.byCode.has(code)", arg=rows[-1].code)
    for one, (_, written) in zip(rows, EATEN, strict=True):
        type_in(page, unicodedata.normalize(form, written + one.code[-1]).lower())
        page.get_by_text("Mời vào").wait_for()
        assert said(page)[1] == one.name
        page.click("#undo")
        page.get_by_text("Đã thu lại").wait_for()
    # Of two cards that could be meant, none is: their names are asked for.
    code = rows[0].code
    twin = f"VT7A4SDD9W2{code[-1]}"
    page.evaluate("([one, other]) => byCode.set(other, { ...byCode.get(one), n: -1 })", [code, twin])
    type_in(page, "Á4Đ9W2" + code[-1])
    page.get_by_text("Không tìm thấy").wait_for()


def test_the_keyboard_leaves_room_for_those_who_are_found(at_door, people, page_errors):
    page = at_door
    shown = "(id) => document.getElementById(id).checkVisibility()"
    page.click("#text")
    page.keyboard.type("dang")
    page.locator("#found button").get_by_text("Đặng Thị Bình").wait_for()
    assert [page.evaluate(shown, part) for part in ("verdict", "end", "start")] == [False] * 3
    page.keyboard.press("Enter")
    # The keyboard goes, those who were found stay.
    assert page.evaluate("() => document.activeElement === document.body")
    page.locator("#found button").get_by_text("Đặng Thị Bình").click()
    page.get_by_text("Mời vào").wait_for()
    page.wait_for_function("() => !document.body.classList.contains('typing')")
    type_in(page, "dang")
    page.locator("#found button").get_by_text("đã vào").wait_for()
    page.click("#leave")
    assert page.locator("#found li").count() == 0
    assert page.evaluate("() => arrival(Date.parse('2020-09-07T08:00:00+07:00'))") == "08:00 ngày 07/09"


def test_the_code_of_a_door_is_read_by_the_page_itself(phone_page, door, people, live_server, settings, page_errors):
    settings.PUBLIC_ADDRESS, page = live_server.url, phone_page
    page.goto("/cua/")
    page.evaluate("() => cua.ready")
    page.get_by_text("Quét mã cửa do văn phòng đưa").wait_for()
    assert not page.locator("#typed").is_visible()
    # Without a list nobody knows whose card it is.
    assert page.evaluate("(code) => cua.seen(code)", people[0].code) is None
    page.get_by_text("Đây không phải mã cửa").wait_for()
    assert page.evaluate("() => cua.state.unsent") == 0
    page.evaluate("(address) => { cua.seen(address); }", door.address)
    page.wait_for_function("() => cua.people.size === 6")
    page.get_by_text("Mở máy ảnh, hoặc gõ").wait_for()
    # Once it has a door, another code takes it away from nobody.
    page.evaluate("(address) => cua.seen(address.slice(0, -1) + 'x')", door.address)
    page.get_by_text("Đây là mã mở cửa").wait_for()
    page.evaluate("(code) => cua.seen(code)", people[0].code)
    all_sent(page)
    assert set(firsts(door.event)) == {people[0].pk}
    page_errors.foreseen.add("401")


def test_without_a_line_the_page_begins_and_nothing_is_lost(at_door, people, door, other_phone, page_errors):
    page = at_door
    without_a_line(page, page_errors)
    page.evaluate("(code) => cua.scan(code, 'qr')", people[0].code)
    page.reload()
    page.evaluate("() => cua.ready")
    assert page.evaluate("() => [cua.people.size, cua.state.here, cua.state.unsent]") == [6, 1, 1]
    page.get_by_text("1 lượt chờ gửi").wait_for()
    # Its reader is there too.
    assert page.evaluate(READS) is True
    # Not before all is sent.
    page.click("#end")
    page.get_by_text("chờ gửi hết rồi kết thúc").wait_for()
    # Meanwhile somebody came in elsewhere, earlier: told, once the line is there.
    other_phone.send(card(people[0], 600))
    without_a_line(page, page_errors, off=False)
    all_sent(page)
    page.get_by_text("Nguyễn Văn An (UBND xã Ba Sơn) đã vào lúc").wait_for()
    assert said(page)[0] == "Có thẻ cần xem lại, ở cuối trang"
    assert "Cửa 2" in page.text_content("#told")
    assert Scan.objects.filter(door=door).count() == 1


def test_no_double_is_told_of_before_the_server_has_both(at_door, people, other_phone, page_errors):
    page = at_door
    page.evaluate("""() => new MutationObserver(() => { globalThis.alarmed = true; })
        .observe(document.getElementById('told'), { childList: true })""")
    without_a_line(page, page_errors)
    # More than go in one sending, and then a card that another door sees five seconds later and sends sooner.
    page.evaluate("() => { cua.state.meta.offset -= 5000; }")
    page.evaluate("async () => { for (let n = 0; n < 200; n++) await cua.scan('x' + n, 'qr'); }")
    page.evaluate("(code) => cua.scan(code, 'qr')", people[0].code)
    other_phone.send(card(people[0], 0))
    without_a_line(page, page_errors, off=False)
    all_sent(page)
    assert page.evaluate("(n) => [cua.people.get(n).door, globalThis.alarmed]", people[0].pk) == ["Cửa 1", None]


def test_a_window_that_is_opened_later_takes_over(at_door, people, page_errors):
    first, second = at_door, at_door.context.new_page()
    second.goto("/cua/")
    second.evaluate("() => cua.ready")
    first.get_by_text("đã mở ở cửa sổ khác").wait_for()
    assert first.evaluate("(code) => cua.scan(code, 'qr')", people[0].code) is None
    assert [first.locator(part).is_visible() for part in ("#typed", "#undo", "#end", "#take")] == [False] * 3 + [True]
    second.evaluate("(code) => cua.scan(code, 'qr')", people[1].code)
    all_sent(second)
    assert set(firsts(people[0].event)) == {people[1].pk}


def test_a_lost_link_is_given_anew_and_what_was_scanned_goes_by_it(at_door, people, door, officer, page_errors):
    page = at_door
    renew(door, by=officer)
    page.evaluate("(code) => cua.scan(code, 'qr')", people[0].code)
    page.get_by_text("Đường dẫn của cửa này đã đổi. Quét lại mã cửa").wait_for()
    page.get_by_text("Quét mã cửa bằng máy ảnh").wait_for()
    # A link of nobody is told of beside what is so of the own.
    page.goto(f"{page.url}#{'x' * 43}")
    page.get_by_text("vừa mở không dùng được").wait_for()
    page.goto(Door.objects.get().address)
    page.evaluate("() => cua.ready")
    all_sent(page)
    assert set(firsts(door.event)) == {people[0].pk}
    page_errors.foreseen.add("401")


def test_the_link_of_another_conference_waits_until_all_is_sent(at_door, people, door, commune, own, page_errors):
    page = at_door
    other = make_congress(commune, own, letters="QQ7", name="Hội nghị xã")
    stranger = make_people(other, 1, own)[0]
    without_a_line(page, page_errors)
    page.evaluate("(code) => cua.scan(code, 'qr')", people[0].code)
    page.goto(make_door(other, own, "Cửa xã").address)
    page.evaluate("() => cua.ready")
    without_a_line(page, page_errors, off=False)
    page.evaluate("() => cua.flush()")
    # The list is there before its door is, and before a card is taken.
    expect(page.locator("#door")).to_have_text("Cửa xã")
    page.evaluate("(code) => cua.scan(code, 'qr')", stranger.code)
    all_sent(page)
    assert set(firsts(door.event)) == {people[0].pk}
    assert set(firsts(other)) == {stranger.pk}


def left_on(page) -> list:
    """What of persons a phone still holds: people, scans, whether a name is among them; answers that were kept."""
    return page.evaluate(LEFT)


def test_at_the_end_nothing_of_a_person_is_left(at_door, people, page_errors):
    page = at_door
    page.evaluate("(code) => cua.scan(code, 'qr')", people[0].code)
    all_sent(page)
    assert left_on(page) == [6, 1, True, []]
    page.click("#end")
    page.get_by_text("Đã xóa danh sách khỏi máy này").wait_for()
    assert left_on(page) == [0, 0, False, []]
    page.reload()
    page.evaluate("() => cua.ready")
    page.get_by_text("Máy này đã kết thúc").wait_for()
    assert left_on(page) == [0, 0, False, []]
    assert page.context.cookies() == []


def test_what_is_under_way_at_the_end_brings_nothing_back(at_door, people, page_errors):
    page, held = at_door, []
    # The line is given up by nobody, however long this test takes.
    page.evaluate("() => { AbortSignal.timeout = () => new AbortController().signal; }")
    page.route("**/cua/danh-sach", lambda route: held.append(route))
    with page.expect_request("**/cua/danh-sach"):
        page.evaluate("() => { cua.state.listed = 0; cua.state.meta.tag = ''; cua.flush(); }")
    page.click("#end")
    page.get_by_text("Đang xóa danh sách khỏi máy này").wait_for()
    page.wait_for_timeout(300)
    assert page.get_by_text("Đã xóa danh sách khỏi máy này").count() == 0
    held[0].continue_()
    page.get_by_text("Đã xóa danh sách khỏi máy này").wait_for()
    assert left_on(page) == [0, 0, False, []]
    assert page.context.cookies() == []


def test_a_closed_door_takes_the_list_from_the_phone(at_door, people, door, officer, page_errors):
    page = at_door
    without_a_line(page, page_errors)
    page.evaluate("(code) => cua.scan(code, 'qr')", people[0].code)
    close(door, by=officer)
    without_a_line(page, page_errors, off=False)
    page.evaluate("() => cua.flush()")
    page.get_by_text("danh sách đã xóa khỏi máy").wait_for()
    # What was not sent stays, as code and time.
    assert left_on(page) == [0, 1, False, []]
    page_errors.foreseen.add("410")


def test_whoever_is_added_later_comes_in(at_door, people, officer, door, page_errors):
    page = at_door
    Delegate.objects.update(number=None)
    late = make_people(door.event, 1, officer, [people[0].delegation])[0]
    page.evaluate("(code) => cua.scan(code, 'qr')", late.code)
    page.get_by_text("Mã không có trong danh sách").wait_for()
    # The server knows the card: the list is asked for at once.
    page.wait_for_function("() => cua.people.size === 7")
    assert set(firsts(door.event)) == {late.pk}
    page.wait_for_function("() => cua.state.here === 1")


@pytest.fixture
def camera(browser, people, tmp_path):
    """A browser with a film of four cards before its camera: the third is held up twice, then one of another conference."""
    cards = [people[0].code, people[1].code, people[2].code, people[2].code, codes.make("QQQ")]
    seen = browser.browser_type.launch(
        executable_path=shutil.which("chromium"),
        args=[
            "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", "--disable-gpu",
            f"--use-file-for-fake-video-capture={film(tmp_path, cards)}", "--autoplay-policy=no-user-gesture-required",
        ],
    )  # fmt: skip
    yield seen
    seen.close()
    wait_for_answers()


def test_the_camera_reads_cards_in_a_worker_of_its_own_policy(camera, people, door, live_server, settings):
    settings.PUBLIC_ADDRESS = live_server.url
    context = camera.new_context(**LOOK, permissions=["camera"])
    context.set_default_timeout(LONGEST_WAIT)
    context.add_init_script(VIOLATIONS)
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    open_door_page(page, door.address, 6)
    page.click("#start")
    page.wait_for_function("() => cua.state.here === 3")
    page.get_by_text("Thẻ của hội nghị khác").wait_for()
    page.wait_for_function("() => cua.camera.ms > 0")
    all_sent(page)
    assert set(firsts(door.event)) == {one.pk for one in people[:3]}
    assert set(Scan.objects.values_list("way", flat=True)) == {"qr"}
    # The page itself may compile nothing, and nothing else was tried.
    assert page.evaluate("() => globalThis.violations ?? []") == []
    assert errors == []
    assert page.evaluate(COMPILES) == "CompileError"
    context.close()
