"""A government's site on this machine, for tests: listing pages with paging, pages of reports, files, and what goes wrong.

The site can be changed while it is served. Pages are GBK, as many such sites still are.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal
from urllib.parse import urlsplit

PER_PAGE = 5
Trouble = Literal["", "500", "slow", "endless", "reset"]


@dataclass
class File:
    """What lies at an address."""

    body: bytes
    content_type: str = "application/octet-stream"
    disposition: bytes | None = None
    redirect: str | None = None
    etag: bool = True
    trouble: Trouble = ""
    """`slow` and `endless` never end by themselves; `reset` breaks off in the middle."""
    failures: int = 0
    """Requests that are answered with 500 before one is answered well."""


@dataclass
class Article:
    """A page with files to be downloaded."""

    path: str
    title: str
    published: str
    links: list[tuple[str, str]]
    """Address as it is written in the page, and its words."""


@dataclass
class LocalSite:
    """The site: articles in the order of the listing, files by address."""

    articles: list[Article] = field(default_factory=list)
    files: dict[str, File] = field(default_factory=dict)
    robots: str = ""
    charset: str = "gb2312"
    """What pages say that they are in; the bytes are GB18030 unless this is utf-8."""
    listing_broken: bool = False
    asked: Counter[str] = field(default_factory=Counter)
    """Requests by path."""
    lock: threading.RLock = field(default_factory=threading.RLock)
    stopping: threading.Event = field(default_factory=threading.Event)

    def publish(self, path: str, title: str, published: str, links: list[tuple[str, str]]) -> None:
        """Put an article on top of the listing."""
        with self.lock:
            self.articles.insert(0, Article(path, title, published, links))

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Serve the site; gives its address without a slash at the end."""
        site = self

        class Handler(_Handler):
            pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                """Clients that are killed are what the site is there for."""

        Handler.site = site
        server = Server(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            self.stopping.set()
            server.shutdown()
            server.server_close()

    def page(self, path: str) -> bytes | None:
        """A listing page or an article, as bytes."""
        with self.lock:
            html = self._listing(path) or self._article(path)
        encoding = "utf-8" if self.charset == "utf-8" else "gb18030"
        return html.encode(encoding) if html is not None else None

    def _listing(self, path: str) -> str | None:
        pages = max(1, -(-len(self.articles) // PER_PAGE))
        names = ["/xxgk/index.html", *(f"/xxgk/index_{n}.html" for n in range(1, pages))]
        if path not in names:
            return None
        at = names.index(path)
        shown = self.articles[at * PER_PAGE : (at + 1) * PER_PAGE]
        lines = [f'<li><a href="{a.path}">{a.title}</a><span>{a.published}</span></li>' for a in shown]
        paging = [f'<a href="{name.rpartition("/")[2]}">{n}</a>' for n, name in enumerate(names, start=1)]
        return self._html("信息公开", "", "<ul>" + "\n".join(lines) + "</ul>" + " ".join(paging))

    def _article(self, path: str) -> str | None:
        article = next((a for a in self.articles if a.path == path), None)
        if article is None:
            return None
        meta = f'<meta name="ArticleTitle" content="{article.title}"><meta name="PubDate" content="{article.published} 10:20:00">'
        links = [f'<p><a href="{href}">{words}</a></p>' for href, words in article.links]
        return self._html(article.title, meta, f"<h1>{article.title}</h1>" + "\n".join(links))

    def _html(self, title: str, meta: str, body: str) -> str:
        head = f'<meta charset="{self.charset}">{meta}<title>{title}</title>'
        return f"<html><head>{head}</head><body>{body}<p>镕囧：只在GBK中的字</p></body></html>"


class _Handler(BaseHTTPRequestHandler):
    site: LocalSite
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        site, path = self.site, urlsplit(self.path).path
        with site.lock:
            site.asked[self.path] += 1
            file = site.files.get(self.path)
            if file is not None and file.failures:
                file.failures -= 1
                file = File(b"", trouble="500")
        with suppress(ConnectionError, BrokenPipeError):
            if path == "/robots.txt":
                self._answer(200, site.robots.encode(), "text/plain")
            elif file is not None:
                self._file(file)
            elif (page := site.page(path)) is not None:
                broken = site.listing_broken and path.startswith("/xxgk/")
                self._answer(500 if broken else 200, b"" if broken else page, f"text/html; charset={site.charset}")
            else:
                self._answer(404, "没有这个页面".encode(), "text/html; charset=utf-8")

    def _file(self, file: File) -> None:
        if file.trouble == "500":
            self._answer(500, b"", "text/html")
        elif file.trouble in {"slow", "endless"}:
            self._trickle(file)
        elif file.trouble == "reset":
            self.send_response(200)
            self.send_header("Content-Length", str(len(file.body) + 100))
            self.end_headers()
            self.wfile.write(file.body)
            self.close_connection = True
        elif file.redirect is not None:
            self._answer(302, b"", "text/html", {"Location": file.redirect})
        else:
            tag = f'"{hashlib.md5(file.body).hexdigest()}"'
            if file.etag and self.headers.get("If-None-Match") == tag:
                self._answer(304, b"", file.content_type)
                return
            self._answer(200, file.body, file.content_type, {"ETag": tag} if file.etag else {}, file.disposition)

    def _trickle(self, file: File) -> None:
        self.send_response(200)
        self.send_header("Content-Type", file.content_type)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        piece, pause = (b"x" * 65536, 0.001) if file.trouble == "endless" else (b"x", 0.2)
        while not self.site.stopping.is_set():
            self.wfile.write(piece)
            time.sleep(pause)

    def _answer(
        self, status: int, body: bytes, kind: str, more: dict[str, str] | None = None, disposition: bytes | None = None
    ) -> None:
        self.send_response(status)
        if status != 304:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
        for name, value in (more or {}).items():
            self.send_header(name, value)
        if disposition is not None:
            # headers are bytes: what Chinese servers put there is no ASCII
            self.send_header("Content-Disposition", disposition.decode("latin-1"))
        self.end_headers()
        if status != 304:
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
