"""The tree of a page without what nobody sees: scripts, controls, navigation, hidden elements."""

from __future__ import annotations

import unicodedata

import regex
from lxml import etree
from w3lib.encoding import html_to_unicode

from parsers.document import Note, Place
from parsers.reasons import Reason, UnreadableError

Element = etree._Element

MAX_ELEMENTS = 1_000_000
MAX_DEPTH = 600

_UNSEEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "footer",
        "aside",
        "select",
        "button",
        "textarea",
        "input",
        "iframe",
        "object",
        "embed",
        "applet",
        "svg",
        "head",
        "audio",
        "video",
        "canvas",
        "map",
        "frameset",
        "datalist",
        "dialog",
    ]
)
_HIDES = regex.compile(r"display:none|visibility:(?:hidden|collapse)|mso-hide:all|font-size:0(?:px|pt|em)?(?:;|$)")
_RULE = regex.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE = regex.compile(r"([a-zA-Z][\w-]*)?(?:([.#])([\w-]+))?")
_COMMENT = regex.compile(r"/\*.*?\*/|<!--|-->", regex.DOTALL)
_DEEP = regex.compile(r"depth", regex.IGNORECASE)
_DROPPED = frozenset("\x00\ufeff")


def page_text(data: bytes, declared: str | None = None) -> tuple[str, str, list[Note]]:
    """The text of a page and its encoding, as browsers decide it: mark, header, declaration, then what fits.

    Bytes that the declared encoding cannot hold although another one holds them all are read as the other.
    """
    header = f"text/html; charset={declared}" if declared else None
    encoding, text = html_to_unicode(header, data, default_encoding="gb18030", auto_detect_fun=_detected)
    notes = []
    broken = text.count("\ufffd")
    if broken and (fits := _detected(data)) is not None:
        notes.append(Note("encoding", f"declared as {encoding}, but all of it is {fits}: read as that"))
        encoding, text, broken = fits, data.decode(fits), 0
    if broken * 1000 > len(text):
        raise UnreadableError(
            Reason.BAD_ENCODING, f"{encoding}: {broken} characters of the page cannot be read; fetch it again"
        )
    if broken:
        notes.append(Note("encoding", f"{broken} characters cannot be read as {encoding}"))
    return "".join(c for c in text if c not in _DROPPED), encoding, notes


def _detected(data: bytes) -> str | None:
    for name in ("utf-8", "gb18030"):
        try:
            data.decode(name)
        except UnicodeDecodeError:
            continue
        return name
    return None


def parse_page(text: str) -> Element:
    """The root of a page; one that nests too deep or holds too much is refused, never cut in silence."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, recover=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(Reason.DAMAGED, f"the page cannot be read: {error}") from error
    if root is None:
        raise UnreadableError(Reason.EMPTY_FILE, "the page holds nothing")
    for entry in parser.error_log:
        if entry.level_name == "FATAL" or _DEEP.search(entry.message or ""):
            place = Place(line=entry.line)
            raise UnreadableError(Reason.DAMAGED, f"line {entry.line}: {entry.message}", place)
    _refuse_bombs(root)
    return root


def _refuse_bombs(root: Element) -> None:
    count = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth, count = depth + 1, count + 1
        if depth > MAX_DEPTH:
            raise UnreadableError(Reason.DAMAGED, f"the page nests elements more than {MAX_DEPTH} deep")
        if count > MAX_ELEMENTS:
            raise UnreadableError(Reason.TOO_LARGE, f"the page holds more than {MAX_ELEMENTS:,} elements")


def words_of(element: Element) -> str:
    """All text inside an element."""
    return "".join(str(text) for text in element.itertext())


def line_of(element: Element) -> int | None:
    """The line of the file in which an element begins."""
    line = element.sourceline
    return line if isinstance(line, int) else None


def drop_unseen(root: Element) -> list[str]:
    """Take out of the tree what a browser does not show; the texts that were hidden on purpose are returned."""
    hidden_by = _hiding_rules(root)
    hidden: list[str] = []
    for element in list(root.iter()):
        tag = element.tag
        if not isinstance(tag, str):
            continue
        if tag in _UNSEEN:
            _remove(element)
        elif _is_hidden(element, hidden_by):
            words = words_of(element).strip()
            if words and _in_tree(element, root):
                hidden.append(words)
            _remove(element)
    return hidden


def _in_tree(element: Element, root: Element) -> bool:
    return element.getroottree().getroot() is root


def _remove(element: Element) -> None:
    """Take an element out; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _is_hidden(element: Element, hidden_by: set[tuple[str, str, str]]) -> bool:
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    if style and _HIDES.search("".join(style.lower().split())):
        return True
    if not hidden_by:
        return False
    tag = str(element.tag)
    names = [("", ""), *((".", name) for name in (element.get("class") or "").split())]
    if element.get("id"):
        names.append(("#", element.get("id") or ""))
    return any((wanted, mark, name) in hidden_by for mark, name in names for wanted in ("", tag))


def _hiding_rules(root: Element) -> set[tuple[str, str, str]]:
    """Tag, mark and name of the simple selectors whose rules hide what they select."""
    found: set[tuple[str, str, str]] = set()
    for style in root.iter("style"):
        css = _COMMENT.sub("", style.text or "")
        for selectors, body in _RULE.findall(css):
            if selectors.strip().startswith("@") or not _HIDES.search("".join(body.lower().split())):
                continue
            for selector in selectors.split(","):
                simple = _SIMPLE.fullmatch(selector.strip())
                if simple and (simple[1] or simple[3]):
                    found.add(((simple[1] or "").lower(), simple[2] or "", simple[3] or ""))
    return found


def is_wide(character: str) -> bool:
    """Whether a character is as wide as a Han one: a line break of the source between two such shows nothing."""
    return unicodedata.east_asian_width(character) in {"W", "F"}
