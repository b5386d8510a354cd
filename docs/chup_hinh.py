"""Take the pictures of the how-tos from a running demonstration.

    bin/demo                                      in one window
    .venv/bin/python docs/chup_hinh.py            in another; writes docs/hinh/*.png

Needs Debian's Chromium and the packages of requirements-test.lock (``bin/test`` installs them).
"""

import shutil
import sys
from datetime import date
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURES = Path(__file__).resolve().parent / "hinh"
# It opens this program's pages only; without these it looks for updates and for hosts elsewhere.
QUIET = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PASSWORD = "thi-dua-2020"


def main(address="http://127.0.0.1:8000"):
    """Every picture, in the order of the texts."""
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        page = sit_down(browser, address)
        page.goto("/dang-nhap/")
        shoot(page, "dang-nhap")
        log_in(page, "chuyenvien")
        shoot(page, "viec-hom-nay")
        write_letter(page)
        follow(page)
        divide(page)
        launch(page)
        plan_conferences(page)
        people = [
            ("lanhdao", approve),
            ("vanthu", issue),
            ("donvi", receive),
            ("truongcum", lead),
            ("donvi", vote),
            ("donvi", join),
            ("donvi", reduce_conference),
        ]
        for username, pictures in people:
            page = sit_down(browser, address)
            log_in(page, username)
            pictures(page)
        browser.close()


def sit_down(browser, address):
    """A machine of one's own."""
    context = browser.new_context(base_url=address, viewport={"width": 1366, "height": 768}, locale="vi-VN")
    return context.new_page()


def log_in(page, username):
    """As one of the demonstration's accounts."""
    page.goto("/dang-nhap/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Việc hôm nay").wait_for()


def follow(page):
    """The letter that gave duties, the books, a file to check."""
    page.goto("/van-ban/?q=213/UBND-KGVX&state=issued")
    page.locator(".list-main").first.click()
    page.wait_for_selector("#sheets img, .sheets img")
    address = page.url
    page.goto(f"{address}nhiem-vu/")
    shoot(page, "bang-nhiem-vu")
    page.goto(f"{address}thay-the/")
    page.fill("[name=reason]", "Ghi sai thời hạn ở điểm c khoản 1")
    shoot(page, "thay-the")
    page.goto("/so/di/?tu=01/01/2020&den=31/12/2020")
    shoot(page, "so-di")
    page.goto("/van-ban/kiem-tra/")
    content = page.request.get(f"{address}pdf/").body()
    page.set_input_files("[type=file]", {"name": "cong-van.pdf", "mimeType": "application/pdf", "buffer": content})
    page.locator("main button[type=submit]").last.click()
    shoot(page, "kiem-tra")


def divide(page):
    """Next year's clusters, made from this year's; how far all clusters are."""
    page.goto("/cum/lap/")
    page.locator(".save-bar").get_by_role("button", name="Lưu").click()
    page.locator(".board-column").first.wait_for()
    shoot(page, "xep-cum")
    page.goto("/cum/")
    page.get_by_role("link", name="Tiến độ").click()
    shoot(page, "tien-do-cum")


def launch(page):
    """A campaign of the province, who launched on its basis, its review, what depends on it before it is stopped."""
    page.goto("/phong-trao/?q=hoan+thanh+thang+loi&level=province")
    page.locator(".list-main").first.click()
    shoot(page, "phong-trao")
    address = page.url
    page.get_by_role("link", name="Sơ kết, tổng kết").click()
    page.get_by_role("link", name="Xem tổng hợp").first.click()
    shoot(page, "tong-hop-so-ket")
    page.goto("/phong-trao/bang/2020/")
    shoot(page, "bang-phat-dong")
    page.goto(f"{address}dieu-chinh/?loai=stop")
    page.fill("[name=effective_on]", f"{date.today():%d/%m/%Y}")
    page.fill("[name=paper]", "956/UBND-VX")
    page.fill("[name=reason]", "Tập trung khắc phục hậu quả mưa lũ")
    page.locator(".save-bar").get_by_role("button", name="Xem ảnh hưởng").click()
    page.get_by_role("heading", name="Xem lại điều chỉnh").wait_for()
    shoot(page, "dieu-chinh-phong-trao")


def plan_conferences(page):
    """The plan of a cycle of conferences."""
    page.goto("/hoi-nghi/ke-hoach/")
    page.locator(".list-main").first.click()
    shoot(page, "ke-hoach-hoi-nghi")


def reduce_conference(page):
    """What a unit looks at before its conference is smaller."""
    page.goto("/hoi-nghi/?state=ready")
    page.locator(".list-main").first.click()
    page.goto(f"{page.url}thay-doi/ghi/")
    page.fill("[name=number-official]", "80")
    page.fill("[name=reason]", "Phòng, chống dịch, hạn chế tập trung đông người")
    shoot(page, "rut-gon-hoi-nghi")


def join(page):
    """What a unit does with a campaign: joins it."""
    page.goto("/phong-trao/?q=hoan+thanh+thang+loi&level=province")
    page.locator(".list-main").first.click()
    page.goto(f"{page.url}huong-ung/")
    page.fill("[name=people]", "120")
    shoot(page, "dang-ky-huong-ung")


def lead(page):
    """What a leader unit does: logs, signs, verifies."""
    page.goto("/cum/")
    address = page.url
    page.goto(f"{address}hoat-dong/ghi/")
    page.select_option("[name=kind]", "year_end")
    page.fill("[name=place]", "Hội trường Sở Tư pháp")
    shoot(page, "ghi-hoat-dong")
    page.goto(f"{address}giao-uoc/")
    shoot(page, "giao-uoc")
    page.goto(f"{address}cham-diem/")
    page.get_by_role("link", name="Sở Ngoại vụ").click()
    shoot(page, "cham-diem")
    page.goto(f"{address}bieu-do/")
    shoot(page, "bieu-do")


def vote(page):
    """What a member does: votes."""
    page.goto("/")
    page.get_by_role("link", name="Suy tôn").first.click()
    page.locator("main input[type=checkbox]").first.check()
    shoot(page, "bo-phieu")


def approve(page):
    """What a leader does."""
    page.get_by_role("link", name="Về việc tiếp nhận hiện vật").first.click()
    page.wait_for_selector(".sheets img")
    page.get_by_text("Trả lại để sửa…").click()
    shoot(page, "duyet")


def issue(page):
    """What a clerk does."""
    page.get_by_role("link", name="Tập huấn nghiệp vụ").first.click()
    page.locator(".page-actions").get_by_role("link", name="Phát hành").click()
    page.wait_for_selector(".sheets img")
    shoot(page, "phat-hanh")


def receive(page):
    """What a unit sees."""
    page.goto("/van-ban/nhan/")
    shoot(page, "nhan-duoc")


def write_letter(page):
    """From the list to the printed letter."""
    page.goto("/van-ban/?q=hoi+nghi+tong+ket&origin=ours")
    shoot(page, "danh-sach")
    page.goto("/van-ban/moi/?co_quan=ubnd-tinh")
    shoot(page, "chon-loai")
    page.goto("/van-ban/?q=bieu+duong+dien+hinh+tien+tien+cac+cap+UBND-KGVX&state=draft")
    page.locator(".list-main").first.click()
    page.wait_for_selector("#sheets img")
    shoot(page, "soan")
    page.locator("#noi-nhan > summary").click()
    page.locator("#nguoi-ky > summary").click()
    page.locator("#nguoi-ky").scroll_into_view_if_needed()
    shoot(page, "noi-nhan-nguoi-ky")
    page.locator("#nhiem-vu > summary").click()
    page.get_by_role("button", name="Thêm nhiệm vụ").click()
    page.fill("[name=nhiem-vu-0-clause]", "1.a")
    page.fill("[name=nhiem-vu-0-words]", "Phát động phong trào thi đua của đơn vị")
    shoot(page, "nhiem-vu-giao")
    page.get_by_role("button", name="Trích dẫn").click()
    page.fill("#id_body-cite-words", "tong ket")
    page.wait_for_selector(".cite-found button")
    shoot(page, "trich-dan")
    page.keyboard.press("Escape")
    page.locator(".desk-words").click()
    page.keyboard.press("Control+End")
    # A note without words.
    page.keyboard.press("Control+Alt+f")
    page.keyboard.press("Escape")
    page.wait_for_selector("#sheet-faults li")
    shoot(page, "bao-loi")
    page.reload()
    page.wait_for_selector("#sheets img")
    page.goto("/don-vi/so-noi-vu-2025/")
    shoot(page, "don-vi")


def shoot(page, name):
    """One picture, once nothing moves any more."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(400)
    page.screenshot(path=PICTURES / f"{name}.png")
    print(name)


if __name__ == "__main__":
    main(*sys.argv[1:])
