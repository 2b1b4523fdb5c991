"""What differs between two texts, in words that a person can read."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from app.news.details import Change


def compared(old: list[str], new: list[str]) -> list[list[Change]]:
    """Two texts, each a list of lines, as lines of changes; lines that stayed stand as they are."""
    found: list[list[Change]] = []
    for tag, first, last, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [[Change("same", line)] for line in old[first:last]]
            continue
        before, after = old[first:last], new[begin:end]
        for place in range(max(len(before), len(after))):
            left = before[place] if place < len(before) else ""
            right = after[place] if place < len(after) else ""
            found.append(list(_words(left, right)))
    return found


def is_changed(lines: list[list[Change]]) -> bool:
    """Whether a comparison found anything."""
    return any(change.kind != "same" for line in lines for change in line)


def _words(left: str, right: str) -> Iterator[Change]:
    if not left or not right:
        yield Change("added" if right else "removed", right or left)
        return
    old, new = re.findall(r"\S+\s*", left), re.findall(r"\S+\s*", right)
    matcher = SequenceMatcher(
        None, [word.strip() for word in old], [word.strip() for word in new], autojunk=False
    )
    if matcher.ratio() < 0.3:  # another sentence altogether; word by word it would be a muddle
        yield Change("removed", left)
        yield Change("added", right)
        return
    for tag, first, last, begin, end in matcher.get_opcodes():
        if tag == "equal":
            yield Change("same", "".join(new[begin:end]))
            continue
        if last > first:
            yield Change("removed", "".join(old[first:last]))
        if end > begin:
            yield Change("added", "".join(new[begin:end]))
