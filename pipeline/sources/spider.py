"""The spider that crawls a site as its description in jixiao.toml says."""

from __future__ import annotations

import re
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any
from urllib.parse import urldefrag, urlsplit

import scrapy
from parsel import Selector
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from pipeline.sources.names import published_name
from pipeline.sources.pages import date_in, published_on, readable, title_of

_FILE_FIRST = 10


def settings(site: dict[str, Any]) -> dict[str, Any]:
    """Settings of Scrapy for one site."""
    return {
        "USER_AGENT": site["agent"],
        "ROBOTSTXT_OBEY": site["robots"],
        "DOWNLOAD_DELAY": site["delay"],
        "AUTOTHROTTLE_ENABLED": site["delay"] > 0,
        "AUTOTHROTTLE_START_DELAY": max(site["delay"], 0.1),
        "CONCURRENT_REQUESTS_PER_DOMAIN": 2,
        "RETRY_TIMES": site["retries"],
        "DOWNLOAD_TIMEOUT": site["seconds"],
        "DOWNLOAD_MAXSIZE": site["most_mb"] * 2**20,
        "DOWNLOAD_WARNSIZE": 0,
        "CLOSESPIDER_TIMEOUT": site["total_seconds"],
        # a page of a site must not make us read our own disk or other networks
        "DOWNLOAD_HANDLERS": {"file": None, "data": None, "s3": None, "ftp": None},
        "HTTPCACHE_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "LOG_LEVEL": "ERROR",
        "EXTENSIONS": {"scrapy.extensions.logstats.LogStats": None},
    }


class SiteSpider(scrapy.Spider):
    """Walks listing pages and tells of every file that they lead to."""

    name = "site"

    def __init__(self, order: dict[str, Any], tell: Callable[[dict[str, Any]], None], **kwargs: Any) -> None:
        """Crawl by an order of `pipeline.sources.site`."""
        super().__init__(**kwargs)
        self.site, self.known, self.dry, self.spool = order["site"], order["known"], order["dry"], order["spool"]
        self.tell = tell
        self.patterns = {
            kind: [re.compile(pattern) for pattern in self.site[kind]]
            for kind in ("files", "pages", "follow", "exclude")
        }
        self.hosts = {urlsplit(url).hostname for url in self.site["start"]}
        self.file_hosts = self.hosts | set(self.site["hosts"])
        self.met: set[str] = set()

    async def start(self) -> AsyncIterator[Any]:
        """The listing pages to begin with."""
        for url in self.site["start"]:
            yield self._page(url)

    def _page(self, url: str) -> scrapy.Request:
        self.met.add(url)
        return scrapy.Request(url, self.parse_page, errback=self.page_failed, dont_filter=True)

    def parse_page(self, response: Response) -> Iterator[scrapy.Request]:
        """Take the links of a listing or of the page of a report."""
        page = readable(response)
        if page is None:
            self._failed(response.url, f"no page but {_header(response, 'Content-Type') or 'bytes'}", listing=True)
            return
        article = self._matches("pages", response.url)
        about = {
            "page": response.url,
            "title": title_of(page),
            "published": _iso(published_on(page)) if article else None,
        }
        for link in page.xpath("//a[@href] | //area[@href] | //iframe[@src] | //embed[@src]"):
            href = (link.attrib.get("href") or link.attrib.get("src") or "").strip()
            try:
                url = urldefrag(page.follow(href).url)[0]
            except ValueError:
                continue
            if url in self.met or urlsplit(url).scheme not in {"http", "https"} or self._matches("exclude", url):
                continue
            words = " ".join(link.xpath("string()").get("").split())
            if self._matches("files", url):
                yield from self._file(url, words, about if article else {**about, **_line(link, words)})
            elif urlsplit(url).hostname in self.hosts and (self._matches("pages", url) or self._matches("follow", url)):
                if len(self.met) >= self.site["most_pages"]:
                    self._failed(url, f"more than {self.site['most_pages']} addresses; raise most_pages", listing=True)
                    return
                yield self._page(url)

    def _file(self, url: str, words: str, about: dict[str, Any]) -> Iterator[scrapy.Request]:
        self.met.add(url)
        if urlsplit(url).hostname not in self.file_hosts:
            self._failed(url, "on another host; add it to the hosts of the source")
            return
        etag, modified = self.known.get(url, (None, None))
        if self.dry:
            self.tell({"event": "unchanged" if url in self.known else "listed", "address": url,
                       "name": published_name(url, None, words)})  # fmt: skip
            return
        headers = {"If-None-Match": etag, "If-Modified-Since": modified}
        yield scrapy.Request(
            url, self.parse_file, errback=self.file_failed, dont_filter=True, priority=_FILE_FIRST,
            headers={name: value for name, value in headers.items() if value},
            meta={"handle_httpstatus_list": [304] if url in self.known else []},
            cb_kwargs={"address": url, "words": words, "about": about},
        )  # fmt: skip

    def parse_file(self, response: Response, address: str, words: str, about: dict[str, Any]) -> None:
        """Keep the bytes of a file, whatever the server says that they are."""
        if response.status == 304:
            self.tell({"event": "unchanged", "address": address})
            return
        with tempfile.NamedTemporaryFile(dir=self.spool, delete=False) as file:
            file.write(response.body)
        disposition = response.headers.get("Content-Disposition")
        self.tell({
            "event": "fetched", "address": address, "path": file.name, "status": response.status,
            "name": published_name(address, disposition, words, response.url),
            "type": _header(response, "Content-Type"),
            "final": response.url if response.url != address else None,
            "etag": _header(response, "ETag"), "modified": _header(response, "Last-Modified"), **about,
        })  # fmt: skip

    def page_failed(self, failure: Any) -> None:
        """A page that leads to files could not be read."""
        self._failed(_address(failure), _why(failure), listing=True)

    def file_failed(self, failure: Any) -> None:
        """A file could not be fetched."""
        self._failed(failure.request.cb_kwargs["address"], _why(failure))

    def closed(self, reason: str) -> None:
        """Tell that the crawl ended, and why."""
        self.tell({"event": "end", "why": reason})

    def _failed(self, address: str, what: str, listing: bool = False) -> None:
        self.tell({"event": "failed", "address": address, "what": what, "listing": listing})

    def _matches(self, kind: str, url: str) -> bool:
        return any(pattern.search(url) for pattern in self.patterns[kind])


def _line(link: Selector, words: str) -> dict[str, Any]:
    """What a listing says in the line of a link that leads to a file itself."""
    line = " ".join(link.xpath("string(ancestor::*[self::li or self::tr or self::p or self::dd][1])").get("").split())
    return {"title": words or None, "published": _iso(date_in(line))}


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def _address(failure: Any) -> str:
    urls = failure.request.meta.get("redirect_urls")
    return str(urls[0] if urls else failure.request.url)


def _why(failure: Any) -> str:
    """What went wrong, in a few words."""
    error = failure.value
    response = getattr(error, "response", None)
    if response is not None:
        return f"the server answered {response.status}"
    if isinstance(error, IgnoreRequest):
        return "robots.txt forbids it" if "robots" in str(error).lower() else str(error)
    return f"{type(error).__name__}: {' '.join(str(error).split())}"[:200]
