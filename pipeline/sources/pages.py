"""What a page of a government's site says of itself: its text, its title and its date of publication."""

from __future__ import annotations

import re
from datetime import date

from scrapy.http import HtmlResponse, Response, TextResponse

_DATE = r"(20\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})"
_SAID = re.compile(r"(?:发布|发文|公开|更新|印发|成文|生成)?(?:时间|日期)\s*[：:]?\s*(?:<[^>]*>\s*)*" + _DATE)
_ANY = re.compile(r"(?<!\d)" + _DATE + r"(?!\d)")


def readable(response: Response) -> TextResponse | None:
    """The page as text, in the encoding that its bytes have; None where it is no page.

    Servers and pages often name a wrong encoding, or none: valid UTF-8 is UTF-8, else valid GB18030 is GB18030, else
    what is declared counts.
    """
    if not isinstance(response, TextResponse):
        return None
    for encoding in ("utf-8", "gb18030"):
        try:
            response.body.decode(encoding)
        except UnicodeDecodeError:
            continue
        return HtmlResponse(
            response.url, response.status, response.headers, response.body, encoding=encoding, request=response.request
        )
    return response


def title_of(page: TextResponse) -> str | None:
    """The title that the page declares for its article, else its heading, else its title."""
    for words in (_meta(page, "ArticleTitle"), _text(page, "//h1"), _text(page, "//title")):
        if words:
            return words
    return None


def published_on(page: TextResponse) -> date | None:
    """The date that the page declares, else the one that stands behind 发布时间 and the like."""
    declared = _meta(page, "PubDate") or _meta(page, "publishdate") or ""
    return _date(_ANY.search(declared)) or _date(_SAID.search(page.text))


def date_in(words: str) -> date | None:
    """The only date in a few words, such as the line of a listing."""
    found = list(_ANY.finditer(words))
    return _date(found[0]) if len(found) == 1 else None


def _meta(page: TextResponse, name: str) -> str | None:
    lower = "translate(@name, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"
    found = page.xpath(f"//meta[{lower} = '{name.lower()}']/@content").get()
    return found.strip() if found and found.strip() else None


def _text(page: TextResponse, path: str) -> str | None:
    found = page.xpath(f"normalize-space(({path})[1])").get()
    return found or None


def _date(found: re.Match[str] | None) -> date | None:
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
