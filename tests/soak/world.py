"""A site and a folder that publish, correct and break things at random, from a seed."""

from __future__ import annotations

import random
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from tests.makers.county.demo import Offered, offered
from tests.makers.county.files import as_bytes
from tests.makers.site import File, LocalSite
from tests.reports import report

GARBAGE = (b"\xe4\xb8\xff\xff\x81", "<html>系统维护中</html>".encode("gbk"), b"", b"%PDF-1.7\n...", b"PK\x03\x04cut")


@dataclass
class World:
    """What departments do while nobody watches."""

    site: LocalSite
    folder: Path
    rng: random.Random
    county: list[Offered] = field(default_factory=list)
    offices: int = 0
    done: dict[str, int] = field(default_factory=dict)
    """How often each thing happened."""
    stop: threading.Event = field(default_factory=threading.Event)

    def live(self, pause: float) -> None:
        """Do one thing after the other until told to stop."""
        while not self.stop.wait(self.rng.uniform(pause / 3, pause)):
            self.step()

    def step(self) -> None:
        """One thing."""
        acts = [
            (6, self.publish), (4, self.correct), (2, self.correct_elsewhere), (2, self.take_back), (2, self.repeat),
            (3, self.hurt), (4, self.heal), (1, self.spoil), (1, self.remove), (1, self.break_listing), (3, self.deliver),
        ]  # fmt: skip
        act = self.rng.choices([act for _, act in acts], [weight for weight, _ in acts])[0]
        with self.site.lock:
            act()
        self.done[act.__name__] = self.done.get(act.__name__, 0) + 1

    def _paths(self) -> list[str]:
        return sorted(self.site.files)

    def _put(self, path: str, body: bytes, etag: bool | None = None) -> None:
        number = len(self.site.articles) + 1
        self.site.files[path] = File(body, etag=self.rng.random() < 0.7 if etag is None else etag)
        self.site.publish(
            f"/art/{number}.html", f"第{number}号自评报告", f"2024-0{number % 9 + 1}-11", [(path, "附件")]
        )

    def publish(self) -> None:
        """A report that is new."""
        if self.county and self.rng.random() < 0.4:
            one = self.county.pop()
            self._put(quote(f"/files/{one.file}"), as_bytes(one.report, one.form))
        elif self.offices < 60:
            self.offices += 1
            self._put(f"/files/office-{self.offices}.txt", report(self.offices, "0.10").encode())

    def _corrected(self) -> tuple[str, bytes] | None:
        paths = [path for path in self._paths() if "/office-" in path]
        if not paths:
            return None
        path = self.rng.choice(paths)
        number = int(path.rpartition("-")[2].partition(".")[0])
        return path, report(number, f"0.{self.rng.randint(11, 30)}").encode()

    def correct(self) -> None:
        """Another file under the same address."""
        found = self._corrected()
        if found is not None:
            self.site.files[found[0]].body = found[1]

    def correct_elsewhere(self) -> None:
        """The correction gets an address of its own."""
        found = self._corrected()
        if found is not None and len(self.site.files) < 150:
            number = found[0].rpartition("-")[2].partition(".")[0]
            self._put(f"/files/again{len(self.site.files)}/office-{number}.txt", found[1])

    def take_back(self) -> None:
        """What was published first is there again."""
        found = self._corrected()
        if found is not None:
            number = int(found[0].rpartition("-")[2].partition(".")[0])
            self.site.files[found[0]].body = report(number, "0.10").encode()

    def repeat(self) -> None:
        """The same bytes at another address, or the same words in another encoding."""
        paths = self._paths()
        if not paths or len(paths) > 150:
            return
        body = self.site.files[self.rng.choice(paths)].body
        if self.rng.random() < 0.5:
            with suppress(UnicodeDecodeError):
                body = body.decode("utf-8").encode("gb18030")
        self._put(f"/files/copy-{len(paths)}.txt", body)

    def hurt(self) -> None:
        """A file that cannot be fetched."""
        paths = self._paths()
        if paths:
            self.site.files[self.rng.choice(paths)].trouble = self.rng.choice(("500", "slow", "endless", "reset"))

    def heal(self) -> None:
        """It can be fetched again."""
        self.site.listing_broken = False
        for path in self._paths():
            if self.rng.random() < 0.7:
                self.site.files[path].trouble = ""

    def spoil(self) -> None:
        """Something that is no report under the address of one."""
        paths = self._paths()
        if paths:
            self.site.files[self.rng.choice(paths)].body = self.rng.choice(GARBAGE)

    def remove(self) -> None:
        """A file is taken off the site; its page still links it."""
        paths = self._paths()
        if len(paths) > 10:
            del self.site.files[self.rng.choice(paths)]

    def break_listing(self) -> None:
        """The listing answers with errors."""
        self.site.listing_broken = True

    def deliver(self) -> None:
        """Files in the folder come, change and go."""
        number = self.rng.randint(200, 220)
        path = self.folder / f"送来-{number}.txt"
        if path.exists() and self.rng.random() < 0.3:
            path.unlink()
        else:
            growing = path.with_suffix(".part")
            growing.write_bytes(report(number, f"0.{self.rng.randint(10, 20)}").encode())
            growing.rename(path)

    def settle(self) -> None:
        """Everything that is there can be fetched."""
        with self.site.lock:
            self.site.listing_broken = False
            for file in self.site.files.values():
                file.trouble = ""


def new_world(folder: Path, seed: int) -> World:
    """A world that has not begun."""
    rng = random.Random(seed)
    county = list(offered(seed, 12, [2022, 2023]))
    rng.shuffle(county)
    return World(LocalSite(), folder, rng, county)
