"""Why a file was not loaded: the closed list of reason codes, and the exception that carries one.

Each code is explained for operators in docs/operate.md ("occurs when", "what to do"); a test holds the two together.
"""

from __future__ import annotations

from enum import StrEnum

from parsers.document import Place


class Reason(StrEnum):
    """Reason codes of `document.reason_code`: first those of `rejected`, then `duplicate`, the rest `quarantined`."""

    NOT_SELF_EVALUATION = "not_self_evaluation"
    TARGET_DECLARATION = "target_declaration"
    BLANK_TEMPLATE = "blank_template"
    BUDGET_DOCUMENT = "budget_document"
    FINAL_ACCOUNTS_ONLY = "final_accounts_only"
    NOTICE = "notice"
    THIRD_PARTY_EVALUATION = "third_party_evaluation"
    MANY_DEPARTMENTS = "many_departments"
    EMPTY_FILE = "empty_file"
    RELEASED = "released"
    ARCHIVE = "archive"

    SAME_BYTES = "same_bytes"
    SAME_CONTENT = "same_content"

    UNSUPPORTED_FORMAT = "unsupported_format"
    BAD_ENCODING = "bad_encoding"
    UNREADABLE_TEXT = "unreadable_text"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    NEEDS_OCR = "needs_ocr"
    NEEDS_OFFICE = "needs_office"
    NEEDS_UNPACKER = "needs_unpacker"
    UNSAFE_MEMBER = "unsafe_member"
    TOO_LARGE = "too_large"
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    CRASHED = "crashed"
    PARSER_ERROR = "parser_error"
    UNREADABLE_FILE = "unreadable_file"
    INTERRUPTED = "interrupted"


REJECTED = frozenset(
    {
        Reason.NOT_SELF_EVALUATION,
        Reason.TARGET_DECLARATION,
        Reason.BLANK_TEMPLATE,
        Reason.BUDGET_DOCUMENT,
        Reason.FINAL_ACCOUNTS_ONLY,
        Reason.NOTICE,
        Reason.THIRD_PARTY_EVALUATION,
        Reason.MANY_DEPARTMENTS,
        Reason.EMPTY_FILE,
        Reason.ARCHIVE,
    }
)


class UnreadableError(Exception):
    """A file that a reader cannot read with certainty. `str()` is one line for a person: what, where, what to do."""

    def __init__(self, reason: Reason, message: str, place: Place | None = None) -> None:
        """Keep the code, the message and the place where reading broke off."""
        super().__init__(message)
        self.reason = reason
        self.place = place or Place()
