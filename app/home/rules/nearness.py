"""How near two words are: for names that people spell as they hear them."""

from collections.abc import Iterable

SHORTEST = 4  # shorter words have too many neighbours


def trigrams(word: str) -> set[str]:
    """Three letters in a row, the ends marked: "doa" gives "  d", " do", "doa", "oa "."""
    padded = f"  {word} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)}


def steps_between(one: str, other: str, *, most: int) -> int:
    """Letters to add, drop, change or swap to make one word of the other; `most` + 1 when it is more than that."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, sign in enumerate(other, start=1):
            least = min(line[-1] + 1, last[column] + 1, last[column - 1] + (letter != sign))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == sign:
                least = min(least, before[column - 2] + 1)
            line.append(least)
        if min(line) > most:
            return most + 1
        before, last = last, line
    return min(last[-1], most + 1)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was most likely meant; None when none is near. A first letter is seldom mistaken."""
    most = 1 if len(word) < 7 else 2
    found = [
        (steps, other[:1] != word[:1], abs(len(other) - len(word)), other)
        for other in known
        if (steps := steps_between(word, other, most=most)) <= most
    ]
    return min(found)[3] if found else None
