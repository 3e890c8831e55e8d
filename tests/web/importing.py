"""Files brought to the pages of imports, and the wait until a step is over."""

from __future__ import annotations

import io
import re
import time

from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from tests.web.visitors import Visitor

PERMITS = """EventID,StartDateTime,EndDateTime,Category,ZipCode(s)
7001,3/9/19 4:00,3/9/19 11:00,Television,"10036, 10105"
7002,3/13/19 7:00,3/14/19 21:00,Film,"11209, 10001"
7003,3/14/19 7:00,3/13/19 21:00,Film,11101
"""
FILMS = """Film,Ort,Datum
Ein Film,Springfield,2019-03-09
Ein Film,Rauma,2019-03-10
Ein anderer,Zzyzxville an der Nirgend,2019-03-11
"""


def bring(visitor: Visitor, text: str | bytes, name: str = "permits.csv") -> TestResponse:
    """Upload a file."""
    content = text.encode() if isinstance(text, str) else text
    values = {"csrf_token": visitor.token(), "file": FileStorage(io.BytesIO(content), name)}
    boundary, body = encode_multipart(values)
    return visitor.client.post(
        "/moderation/imports/uploads", data=body, content_type=f"multipart/form-data; boundary={boundary}"
    )


def brought(visitor: Visitor, text: str | bytes, name: str = "permits.csv") -> str:
    """Upload a file and answer the address of its page, once it was looked at."""
    answer = bring(visitor, text, name)
    assert answer.status_code == 303, answer.text
    settle(visitor, answer.headers["Location"])
    return answer.headers["Location"]


def settle(visitor: Visitor, address: str) -> TestResponse:
    """Wait until the present step of an upload is over; answer its page."""
    end = time.monotonic() + 60
    while not (told := visitor.get(f"{address}/progress.json").get_json())["over"]:
        assert time.monotonic() < end, told
        time.sleep(0.02)
    return visitor.get(address)


def go(visitor: Visitor, address: str, what: str, /, **fields: str) -> TestResponse:
    """Send one of the forms of an upload and answer its page once the step is over."""
    answer = visitor.post(f"{address}/{what}", **fields)
    assert answer.status_code == 303, answer.text
    assert answer.headers["Location"] == address
    return settle(visitor, address)


def answers_on(page: TestResponse) -> dict[str, str]:
    """Answer what the form on a page would send as it stands, without its token and buttons."""
    form = re.search(r'<form class="form import-reading".*?</form>', page.text, re.DOTALL)
    assert form, page.text
    sent: dict[str, str] = {}
    for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form[0], re.DOTALL):
        chosen = re.search(r'<option selected value="([^"]*)"|<option value="([^"]*)" selected', body)
        sent[name] = (chosen[1] or chosen[2] or "") if chosen else ""
    for tag in re.findall(r"<input[^>]*>", form[0]):
        name = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name and name[1] != "csrf_token" and ('type="radio"' not in tag or "checked" in tag):
            sent[name[1]] = value[1] if value else ""
    return sent
