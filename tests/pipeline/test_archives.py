"""Archives: every member is a document of its own, and nothing of an archive ever lies outside a private folder."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline.ingest import ingest
from pipeline.unpack import members as limits
from tests.conftest import ROOT, SEED
from tests.makers.archives import rar_file, zip_bomb, zip_file, zip_locked, zip_with_link
from tests.pipeline.test_lifecycle import query
from tests.reports import report

WORD = SEED.with_name("seed.docx").read_bytes()
TEXT = report(1).encode()
NOTICE = "通知".encode()


def documents(db: Path) -> dict[str, tuple[str, str | None]]:
    rows = query(db, "SELECT source_uri, status, reason_code FROM document ORDER BY offered_order")
    return {str(uri).rpartition("/in/")[2]: (status, code) for uri, status, code in rows}


def taken(tmp_path: Path, files: dict[str, bytes]) -> tuple[Path, int]:
    """Ingest some files; nothing but they and the warehouse may be there afterwards."""
    folder = tmp_path / "in"
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    db = tmp_path / "w.duckdb"
    summary = ingest([folder], db, 1)
    assert {path.name for path in folder.iterdir()} == set(files)
    assert {path.name for path in tmp_path.iterdir()} <= {"in", "w.duckdb", "w.duckdb.versions", "bin"}
    return db, summary.exit_status


@pytest.mark.parametrize(("encoding", "flagged"), [("gb18030", False), ("utf-8", True), ("utf-8", False)])
def test_members_have_their_own_rows_and_decoded_names(tmp_path: Path, encoding: str, flagged: bool) -> None:
    made = zip_file({"2023年/整体支出/附件1.docx": WORD, "项目：绩效.txt": TEXT}, encoding, flagged)
    db, status = taken(tmp_path, {"a.zip": made})
    assert status == 0
    assert documents(db) == {
        "a.zip": ("rejected", "archive"),
        "a.zip!/2023年/整体支出/附件1.docx": ("loaded", None),
        "a.zip!/项目：绩效.txt": ("loaded", None),
    }
    names = query(db, "SELECT DISTINCT source_file FROM fact ORDER BY 1")
    assert names == [("附件1.docx",), ("项目：绩效.txt",)]
    assert query(db, "SELECT format, bytes FROM document WHERE reason_code = 'archive'") == [("zip", len(made))]


def test_the_same_archive_again_is_known(tmp_path: Path) -> None:
    made = zip_file({"甲.txt": TEXT})
    db, _ = taken(tmp_path, {"a.zip": made})
    summary = ingest([tmp_path / "in"], db, 1)
    assert (summary.offered, summary.known, summary.exit_status) == (2, 2, 0)


def test_archives_in_archives_to_a_depth(tmp_path: Path) -> None:
    inner = zip_file({"内.txt": TEXT})
    for at in range(limits.MAX_DEPTH):
        inner = zip_file({f"层{at}.zip": inner, f"{at}.txt": report(at + 2).encode()})
    db, status = taken(tmp_path, {"deep.zip": inner})
    found = documents(db)
    assert status == 1
    assert found["deep.zip!/层2.zip!/层1.zip!/层0.zip"] == ("quarantined", "too_large")
    assert found["deep.zip!/层2.zip!/层1.zip!/0.txt"] == ("loaded", None)
    assert not any(uri.endswith("内.txt") for uri in found)


def test_litter_of_systems_is_no_document(tmp_path: Path) -> None:
    made = zip_file({"__MACOSX/._甲.txt": b"x", "图/Thumbs.db": b"x", ".DS_Store": b"x", "甲.txt": TEXT})
    db, status = taken(tmp_path, {"a.zip": made})
    assert (status, set(documents(db))) == (0, {"a.zip", "a.zip!/甲.txt"})


def test_unsafe_members_have_a_row_with_the_reason_and_no_file(tmp_path: Path) -> None:
    files = {
        "climbs.zip": zip_file({"../../climbed.txt": TEXT, "ok.txt": NOTICE}),
        "windows.zip": zip_file({"..\\..\\climbed.txt": TEXT}),
        "absolute.zip": zip_file({f"{tmp_path}/absolute.txt": TEXT}),
        "drive.zip": zip_file({"C:\\evil.txt": TEXT}),
        "link.zip": zip_with_link("passwd.txt", "/etc/passwd"),
        "locked.zip": zip_locked("密.txt", TEXT),
        "bomb.zip": zip_bomb("bomb.txt", 100),
        "empty.zip": zip_file({}),
        "cut.zip": zip_file({"甲.txt": TEXT})[:-30],
    }
    db, status = taken(tmp_path, files)
    found = documents(db)
    wanted = {
        "climbs.zip!/../../climbed.txt": "unsafe_member",
        "windows.zip!/..\\..\\climbed.txt": "unsafe_member",
        f"absolute.zip!/{str(tmp_path).lstrip('/')}/absolute.txt": "unsafe_member",
        "drive.zip!/C:\\evil.txt": "unsafe_member",
        "link.zip!/passwd.txt": "unsafe_member",
        "locked.zip!/密.txt": "encrypted",
        "bomb.zip!/bomb.txt": "too_large",
        "cut.zip": "damaged",
    }
    assert status == 1
    assert {uri: found[uri] for uri in wanted} == {uri: ("quarantined", code) for uri, code in wanted.items()}
    assert found["empty.zip"] == ("rejected", "empty_file")
    assert found["climbs.zip!/ok.txt"] == ("rejected", "not_self_evaluation")
    assert not list(tmp_path.rglob("climbed.txt"))


def test_too_many_members_are_refused_before_any_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_MEMBERS", 3)
    db, _ = taken(tmp_path, {"many.zip": zip_file({f"{n}.txt": TEXT for n in range(4)})})
    assert documents(db) == {"many.zip": ("quarantined", "too_large")}


def test_too_much_in_all_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_TOTAL", len(TEXT) * 3)
    db, _ = taken(tmp_path, {"much.zip": zip_file({f"{n}.txt": TEXT for n in range(4)})})
    assert documents(db) == {"much.zip": ("quarantined", "too_large")}


def test_documents_that_are_zip_files_are_no_archives(tmp_path: Path) -> None:
    workbook = (ROOT / "tests" / "data" / "formats" / "seed.xlsx").read_bytes()
    db, _ = taken(tmp_path, {"w.zip": WORD, "x.zip": workbook, "half.docx": WORD[: len(WORD) // 2]})
    assert documents(db) == {
        "half.docx": ("quarantined", "damaged"),
        "w.zip": ("loaded", None),
        "x.zip": ("duplicate", "same_content"),
    }


def seven_zip(tmp_path: Path, members: dict[str, bytes]) -> bytes:
    room = tmp_path / "made"
    for name, data in members.items():
        (room / name).parent.mkdir(parents=True, exist_ok=True)
        (room / name).write_bytes(data)
    subprocess.run(
        ["bsdtar", "--format", "7zip", "-cf", str(tmp_path / "made.7z"), "-C", str(room), *members], check=True,
        env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    data = (tmp_path / "made.7z").read_bytes()
    shutil.rmtree(room)
    (tmp_path / "made.7z").unlink()
    return data


needs_unar = pytest.mark.skipif(not (shutil.which("unar") and shutil.which("lsar")), reason="unar is not installed")
needs_bsdtar = pytest.mark.skipif(not shutil.which("bsdtar"), reason="bsdtar (libarchive-tools) is not installed")


def without_unar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *tools: str) -> None:
    """A path on which only these programs are."""
    room = tmp_path / "bin"
    room.mkdir()
    for tool in tools:
        (room / tool).symlink_to(str(shutil.which(tool)))
    monkeypatch.setenv("PATH", str(room))


@needs_unar
def test_rar_with_unar(tmp_path: Path) -> None:
    files = {
        "a.rar": rar_file({"附件/基础数据表.docx": WORD, "说明.txt": NOTICE}),
        "cut.rar": rar_file({"甲.txt": TEXT})[:-900],
    }
    db, status = taken(tmp_path, files)
    assert status == 1
    found = documents(db)
    assert found["a.rar"] == ("rejected", "archive")
    assert found["a.rar!/附件/基础数据表.docx"] == ("loaded", None)
    assert found["a.rar!/说明.txt"] == ("rejected", "not_self_evaluation")
    assert {code for uri, (_, code) in found.items() if uri.startswith("cut.rar")} - {"archive"} == {"damaged"}


@needs_unar
def test_rar_that_climbs_or_is_locked(tmp_path: Path) -> None:
    files = {"up.rar": rar_file({"../../up.txt": TEXT}), "locked.rar": rar_file({"密.txt": TEXT}, locked=True)}
    db, _ = taken(tmp_path, files)
    codes = {uri: code for uri, (_, code) in documents(db).items() if "!/" in uri}
    assert set(codes.values()) == {"unsafe_member", "encrypted"}
    assert not list(tmp_path.rglob("up.txt"))


@needs_bsdtar
@pytest.mark.parametrize("tool", [pytest.param("unar", marks=needs_unar), "bsdtar"])
def test_7z_with_either_tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tool: str) -> None:
    made = seven_zip(tmp_path, {"附件/基础数据表.docx": WORD, "甲 乙.txt": TEXT})
    if tool == "bsdtar":
        without_unar(tmp_path, monkeypatch, "bsdtar", "timeout", "sh")
    db, status = taken(tmp_path, {"a.7z": made})
    assert documents(db) == {
        "a.7z": ("rejected", "archive"),
        "a.7z!/附件/基础数据表.docx": ("loaded", None),
        "a.7z!/甲 乙.txt": ("loaded", None),
    }
    assert status == 0


def test_without_a_tool_the_archive_waits_and_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        without_unar(tmp_path, patch)
        db, status = taken(tmp_path, {"a.rar": rar_file({"甲.txt": TEXT})})
        assert (status, documents(db)) == (1, {"a.rar": ("quarantined", "needs_unpacker")})
        assert ingest([tmp_path / "in"], db, 1).known == 1
    if shutil.which("unar"):
        assert ingest([tmp_path / "in"], db, 1).exit_status == 0
        assert documents(db) == {"a.rar": ("rejected", "archive"), "a.rar!/甲.txt": ("loaded", None)}
