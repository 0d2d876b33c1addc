"""A reader that polls the warehouse: `python -m tests.soak.reader DB REPORT`; it ends when its standard input does.

It opens the warehouse anew each time, asks for what must hold in every version, and writes what it saw.
"""

from __future__ import annotations

import json
import select
import sys
from pathlib import Path

from warehouse.publish import open_read_only

TORN = {
    "files that work did not end on": "SELECT count(*) FROM raw.file WHERE status = 'working'",
    "loaded files without a report": "SELECT count(*) FROM raw.file AS f WHERE status = 'loaded' "
    "AND document_id NOT IN (SELECT document_id FROM core.report)",
    "reports without a loaded file": "SELECT count(*) FROM core.report WHERE document_id NOT IN "
    "(SELECT document_id FROM raw.file WHERE status = 'loaded')",
    "reports without a form": "SELECT count(*) FROM core.report WHERE report_id NOT IN (SELECT report_id FROM core.form)",
    "facts without a form": "SELECT count(*) FROM core.fact WHERE form_id NOT IN (SELECT form_id FROM core.form)",
    "documents without text": "SELECT count(*) FROM core.report WHERE document_id NOT IN "
    "(SELECT document_id FROM raw.cell UNION SELECT document_id FROM raw.paragraph)",
    "two current forms of one kind": "SELECT count(*) FROM (SELECT r.dept_id, r.fiscal_year, m.form_kind, m.project_name "
    "FROM core.form AS m JOIN core.report AS r USING (report_id) WHERE m.is_current GROUP BY ALL "
    "HAVING count(DISTINCT r.document_id) > 1)",
    "departments and years not checked": "SELECT count(*) FROM dept_year WHERE report_id NOT IN "
    "(SELECT report_id FROM core.check_result)",
}


def main() -> None:
    """Poll."""
    db, out = Path(sys.argv[1]), Path(sys.argv[2])
    looks, versions, last, problems = 0, set(), (-1, -1), []
    while not select.select([sys.stdin], [], [], 0.15)[0]:
        if not db.exists():
            continue
        try:
            with open_read_only(db) as con:
                said = [what for what, sql in TORN.items() if con.execute(sql).fetchall() != [(0,)]]
                now = (
                    con.execute("SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM run)").fetchone() or last
                )
                again = con.execute("SELECT count(*) FROM document").fetchone()
                if again != (now[0],):
                    said.append("an open version changed")
        except Exception as error:  # whatever a reader meets is what the soak is about
            said, now = [f"{type(error).__name__}: {error}"], last
        if now[0] < last[0] or now[1] < last[1]:
            said.append(f"went back from {last} to {now}")
        problems += said
        looks, last = looks + 1, now
        versions.add(now)
    out.write_text(json.dumps({"looks": looks, "versions": len(versions), "problems": problems}), encoding="utf-8")


if __name__ == "__main__":
    main()
