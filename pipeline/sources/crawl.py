"""The process that crawls one site: `python -m pipeline.sources.crawl`, its order on standard input as JSON.

It prints one JSON object a line for each event, and `{"event": "end"}` at the end; `pipeline.sources.site` reads them.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
from typing import Any

_PR_SET_PDEATHSIG = 1


def main() -> int:
    """Crawl as ordered."""
    parent = os.getppid()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before it could be watched
        return 1
    order = json.load(sys.stdin)
    # nothing but events may reach the pipe
    events = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def tell(event: dict[str, Any]) -> None:
        events.write(json.dumps(event, ensure_ascii=False) + "\n")
        events.flush()

    try:
        from scrapy.crawler import CrawlerProcess

        from pipeline.sources.spider import SiteSpider, settings
    except ImportError as error:
        print(f'{error.name or "scrapy"} is missing; pip install "jixiao[fetch]"', file=sys.stderr)
        return 1
    process = CrawlerProcess(settings(order["site"]))
    process.crawl(SiteSpider, order=order, tell=tell)
    process.start()
    return 0


if __name__ == "__main__":
    sys.exit(main())
