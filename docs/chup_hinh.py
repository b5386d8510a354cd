"""Take the pictures of the how-tos from a running demonstration.

    bin/demo                                      in one window
    .venv/bin/python docs/chup_hinh.py            in another; writes docs/hinh/*.png

Needs Debian's Chromium and the packages of requirements-test.lock (``bin/test`` installs them).
"""

import shutil
import sys
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
        page = browser.new_page(base_url=address, viewport={"width": 1366, "height": 768}, locale="vi-VN")
        page.goto("/dang-nhap/")
        shoot(page, "dang-nhap")
        page.fill("[name=username]", "chuyenvien")
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Việc hôm nay").wait_for()
        shoot(page, "viec-hom-nay")
        write_letter(page)
        browser.close()


def write_letter(page):
    """From the list to the printed letter."""
    page.goto("/van-ban/?q=hoi+nghi+tong+ket&origin=ours")
    shoot(page, "danh-sach")
    page.goto("/van-ban/moi/?co_quan=ubnd-tinh")
    shoot(page, "chon-loai")
    page.goto("/van-ban/?q=bieu+duong+dien+hinh+tien+tien+cac+cap+UBND-KGVX&origin=ours")
    page.locator(".list-main").first.click()
    page.wait_for_selector("#sheets img")
    shoot(page, "soan")
    page.get_by_role("tab", name="Nơi nhận").click()
    shoot(page, "noi-nhan-nguoi-ky")
    page.get_by_role("tab", name="Nội dung").click()
    page.locator("textarea[data-source]").click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("Xem [trang này](http://vi-du.vn).\n\n")
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
