"""``bin/backup`` and ``bin/restore``; docs/sao-luu-phuc-hoi.md tells the office how."""

import argparse
import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.utils import timezone  # noqa: E402

from .archive import MEDIA, back_up, check, forget_old, restore  # noqa: E402
from .databases import Failed  # noqa: E402


def _told(manifest) -> str:
    rows = sum(table["rows"] for table in manifest["tables"].values())
    files = sum(row["name"].startswith(f"{MEDIA}/") for row in manifest["files"])
    return f"{len(manifest['tables'])} bảng, {rows} dòng, {files} tệp đính kèm"


def _backup_command(arguments):
    name = f"thi-dua-{timezone.localtime():%Y%m%d-%H%M%S}"
    target = back_up(arguments.folder, name)
    print(f"Đã sao lưu và đọc lại: {target} ({_told(check(target))}).")
    if arguments.keep:
        for gone in forget_old(arguments.folder, arguments.keep):
            print(f"Đã xóa bản cũ {gone}.")


def _restore_command(arguments):
    if arguments.check:
        print(f"Bản sao lưu nguyên vẹn: {_told(check(arguments.file))}.")
    else:
        print(
            f"Đã phục hồi, khớp từng dòng: {_told(restore(arguments.file))}. Tiếp theo: .venv/bin/python manage.py migrate"
        )


def _positive(text):
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError("phải từ 1 trở lên")
    return number


def main(command: str, words: list[str]) -> int:
    """``backup FOLDER [--keep N]`` or ``restore FILE [--check]``; gives the status of the command."""
    parser = argparse.ArgumentParser(prog=f"bin/{command}", add_help=True)
    if command == "backup":
        parser.add_argument("folder", type=Path, help="thư mục để bản sao lưu, nên ở ổ đĩa hoặc máy khác")
        parser.add_argument("--keep", type=_positive, help="chỉ giữ N bản mới nhất trong thư mục này")
        parser.set_defaults(run=_backup_command)
    else:
        parser.add_argument("file", type=Path, help="tệp .tar của bản sao lưu")
        parser.add_argument("--check", action="store_true", help="chỉ kiểm tra bản sao lưu, không phục hồi")
        parser.set_defaults(run=_restore_command)
    arguments = parser.parse_args(words)
    os.umask(0o077)
    try:
        arguments.run(arguments)
    except Failed as failed:
        print(failed, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
