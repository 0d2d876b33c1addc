"""Values of which a report has hundreds: frozen to whoever checks the types, without the price of it at run time.

The `__init__` of a frozen dataclass sets every field by a call of `object.__setattr__`, and takes three times as long
as a plain one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["record"]

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:
    from dataclasses import dataclass

    def record(*, frozen: bool, slots: bool = False) -> object:
        """A dataclass that compares and hashes by its fields; that nobody sets one, the type checker sees to."""
        return dataclass(slots=slots, unsafe_hash=frozen)
