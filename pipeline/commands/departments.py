"""Lists departments to be reviewed."""

from __future__ import annotations

from pipeline.commands.options import CallError, Db
from warehouse.settings import database


def departments(db: Db = None) -> None:
    """List departments that are not in the registry, each with those that may be the same, for a person to decide.

    Example: jixiao departments --db county.duckdb
    """
    from pipeline.identity.review import waiting
    from pipeline.show import console, table
    from warehouse.query import QueryError, reading

    try:
        with reading(database(db)) as con:
            listed = waiting(con)
    except QueryError as error:
        raise CallError(str(error)) from error
    rows = [
        (
            one.name,
            one.dept_id,
            f"{one.first_year or '?'}–{one.last_year or '?'}",
            one.reports,
            "；".join(one.aliases),
            "\n".join(f"{ratio} {name}" for name, _, ratio in one.like),
        )
        for one in listed
    ]
    title = f"Departments to be reviewed ({len(rows)}); an entry in pipeline/registry/departments.csv settles one"
    console().print(
        table(title, ("printed name", "id", "years", "reports", "aliases said", "may be the same as"), rows)
    )
