"""The time of a signature, told by an authority (``settings.TSA_URL``): a bad answer, or none, signs nothing.

Source: Luật Giao dịch điện tử 2023, Điều 31 (dấu thời gian); RFC 3161.
"""

import time
from http.client import HTTPException
from urllib.request import Request, urlopen

from django.conf import settings

from .keys import Stopped

# Seconds that an answer may take, and the longest pause in it; the bytes that it may have.
LIMIT, PAUSE, LARGEST = 15, 5, 64 * 1024
NO_TIME = "Không lấy được dấu thời gian từ máy chủ cấp dấu thời gian. Chưa có gì được ghi; hãy thử lại sau ít phút."


def time_source():
    """Who tells the time of a signature, None where the office has nobody for that. Asked, it raises ``Stopped`` where the
    authority does not answer in time, or not to what it was asked.
    """
    if not settings.TSA_URL:
        return None
    from pyhanko.sign.timestamps import TimeStamper

    class Authority(TimeStamper):
        """One that is asked within bounds and whose answer is looked at before it is used."""

        async def async_request_tsa_response(self, req):
            """As in the library."""
            return _asked(settings.TSA_URL, req.dump())

        async def async_timestamp(self, message_digest, md_algorithm):
            """As in the library. Raises ``Stopped``."""
            try:
                token = await super().async_timestamp(message_digest, md_algorithm)
                told = token["content"]["encap_content_info"]["content"].parsed["message_imprint"]["hashed_message"]
                if told.native != message_digest:
                    raise ValueError(NO_TIME)
            except (OSError, HTTPException, ValueError, TypeError, KeyError, AttributeError):
                raise Stopped(NO_TIME) from None
            return token

    return Authority()


def _asked(url, content):
    """What an authority answers. Raises ``OSError`` where it does not in time, ``ValueError`` for what is no answer."""
    from asn1crypto import tsp

    if not url.startswith(("http://", "https://")):
        raise ValueError(url)
    question = Request(url, content, {"Content-Type": "application/timestamp-query"})  # noqa: S310
    until, got = time.monotonic() + LIMIT, b""
    with urlopen(question, timeout=PAUSE) as answer:  # noqa: S310
        while part := answer.read1(4096):
            got += part
            if time.monotonic() > until or len(got) > LARGEST:
                raise TimeoutError
    return tsp.TimeStampResp.load(got, strict=True)
