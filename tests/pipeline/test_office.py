"""Conversion through LibreOffice: batches, limits, what cannot be converted, and that nothing of it runs or calls out."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from parsers.reasons import UnreadableError
from pipeline import convert, tools
from pipeline.convert import to_word, with_conversions
from pipeline.ingest import ingest
from pipeline.offers import Offer
from pipeline.parse import parse
from pipeline.tools import office
from pipeline.workers import Limits
from tests.conftest import ROOT
from tests.pipeline.test_cli import jixiao
from tests.pipeline.test_lifecycle import query

FORMATS = ROOT / "tests" / "data" / "formats"
DOC, RTF = (FORMATS / "seed.doc").read_bytes(), (FORMATS / "seed.rtf").read_bytes()
needs_office = pytest.mark.skipif(office() is None, reason="LibreOffice is not installed")


def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a script in the place of the office program."""
    file = tmp_path / "soffice"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    monkeypatch.setenv(tools.OFFICE, str(file))


@needs_office
def test_a_batch_is_converted_in_one_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    whole = convert._convert

    def counted(sources: list[Path], room: Path, seconds: float, memory_mb: int) -> str:
        calls.append(len(sources))
        return whole(sources, room, seconds, memory_mb)

    monkeypatch.setattr(convert, "_convert", counted)
    for at in range(4):
        (tmp_path / f"{at}.doc").write_bytes(DOC)
    (tmp_path / "4.rtf").write_bytes(RTF)
    (tmp_path / "5.txt").write_text("无")
    (tmp_path / "6.doc").write_bytes(DOC[:600])
    offered = [Offer(path) for path in sorted(tmp_path.iterdir())]
    (tmp_path / "room").mkdir()
    ready = list(with_conversions(offered, tmp_path / "room", 60, 2048))
    assert [made is not None for _, made in ready] == [True] * 5 + [False, False]
    assert calls == [5]
    assert all(parse(made.read_bytes()).status == "loaded" for _, made in ready if made is not None)


@needs_office
def test_what_is_no_word_file_is_refused_and_costs_the_others_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.doc").write_bytes(DOC)
    (folder / "b.doc").write_bytes(RTF)
    (folder / "cut.doc").write_bytes(DOC[:20000])
    (folder / "hollow.doc").write_bytes(DOC[:512] + b"\xff" * (len(DOC) - 512))
    (folder / "no.rtf").write_bytes(b"{\\rtf1" + b"{" * 100_000)
    db = tmp_path / "w.duckdb"
    ingest([folder], db, 2, Limits(seconds=100))
    rows = {
        str(name): str(code)
        for name, code in query(db, "SELECT source_file, coalesce(reason_code, status) FROM document")
    }
    assert {rows["a.doc"], rows["b.doc"]} == {"loaded", "same_content"}
    assert rows["cut.doc"] == rows["hollow.doc"] == "damaged"
    assert rows["no.rtf"] in {"damaged", "empty_file", "not_self_evaluation", "crashed"}


def test_a_locked_word_file_says_so() -> None:
    at = DOC.index(b"\xec\xa5")
    flags = DOC[at + 10] | (DOC[at + 11] | 1) << 8
    locked = DOC[: at + 10] + flags.to_bytes(2, "little") + DOC[at + 12 :]
    parsed = parse(locked, to_word)
    assert (parsed.status, parsed.reason_code) == ("quarantined", "encrypted")


def test_without_the_program_the_file_waits_and_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_bytes(DOC)
    call = ("ingest", str(tmp_path / "a.doc"), "--db", str(tmp_path / "w.duckdb"), "--workers", "1", "--json")
    without = {"PATH": str(tmp_path)}
    first = json.loads(jixiao(*call, env=without).stdout)
    (problem,) = first["problems"]
    assert (problem["status"], problem["reason_code"]) == ("quarantined", "needs_office")
    assert "apt-get install libreoffice-writer" in problem["reason"]
    assert json.loads(jixiao(*call, env=without).stdout)["known"] == 1
    if office() is not None:
        again = jixiao(*call)
        assert (again.returncode, json.loads(again.stdout)["loaded"]) == (0, 1)


def test_a_program_that_hangs_ends_with_all_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, monkeypatch, f"sleep 300 & echo $! > {tmp_path}/child; sleep 300")
    began = time.monotonic()
    with pytest.raises(UnreadableError) as refused:
        to_word(DOC, seconds=2)
    assert refused.value.reason == "time_limit"
    assert time.monotonic() - began < 20
    child = int((tmp_path / "child").read_text())
    _wait(lambda: not _runs(child), 5)
    assert not _runs(child)


def test_a_program_ends_also_where_its_worker_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that started it dies without a word; the program ends when its time is over."""
    program(tmp_path, monkeypatch, f"echo $$ > {tmp_path}/self; sleep 300")
    code = (
        "from pathlib import Path; from pipeline.convert import to_word; "
        f"to_word(Path({str(FORMATS / 'seed.doc')!r}).read_bytes(), seconds=4)"
    )
    worker = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    started = tmp_path / "self"
    _wait(lambda: started.exists() and started.read_text().strip() != "", 30)
    worker.kill()
    worker.wait()
    assert _runs(int(started.read_text()))
    _wait(lambda: not _runs(int(started.read_text())), 15)
    assert not _runs(int(started.read_text()))


def test_a_batch_that_fails_leaves_each_file_to_its_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, monkeypatch, "exit 3")
    for name in ("a.doc", "b.doc"):
        (tmp_path / name).write_bytes(DOC)
    (tmp_path / "room").mkdir()
    offered = [Offer(tmp_path / "a.doc"), Offer(tmp_path / "b.doc")]
    assert [made for _, made in with_conversions(offered, tmp_path / "room", 30, 2048)] == [None, None]
    with pytest.raises(UnreadableError) as refused:
        to_word(DOC)
    assert refused.value.reason == "damaged"


def test_half_an_output_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, monkeypatch, 'for f in "$@"; do case "$f" in *.doc) printf PK > "${f%.doc}.docx";; esac; done')
    for name in ("a.doc", "b.doc"):
        (tmp_path / name).write_bytes(DOC)
    (tmp_path / "room").mkdir()
    offered = [Offer(tmp_path / "a.doc"), Offer(tmp_path / "b.doc")]
    assert [made for _, made in with_conversions(offered, tmp_path / "room", 30, 2048)] == [None, None]


def asked_for(convert_it: Callable[[bytes], object]) -> list[bytes]:
    """What a server on this machine is asked for while a .doc is converted whose picture lies there."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        done = threading.Event()

        def listen() -> None:
            while not done.is_set():
                try:
                    caller, _ = server.accept()
                except TimeoutError:
                    continue
                asked.append(caller.recv(100))
                caller.close()

        listener = threading.Thread(target=listen)
        listener.start()
        port = f"{server.getsockname()[1]:05d}"
        data = (FORMATS / "linked-picture.doc").read_bytes()
        for encoding in ("ascii", "utf-16-le"):
            data = data.replace(":40000/".encode(encoding), f":{port}/".encode(encoding))
        try:
            convert_it(data)
        finally:
            done.set()
            listener.join()
    return asked


@needs_office
def test_links_of_a_file_are_never_followed(tmp_path: Path) -> None:
    """Left to itself the program asks for the picture, which shows that the file is what it should be."""

    def alone(data: bytes) -> None:
        (tmp_path / "a.doc").write_bytes(data)
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = [str(office()), profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path), "a.doc"]
        subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)

    assert asked_for(alone) != []
    assert asked_for(to_word) == []


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _wait(ready: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not ready() and time.monotonic() < deadline:
        time.sleep(0.1)
