"""In which order institutions stand: candidate pairs all or none, by ballot number; then as in protocol."""

from collections.abc import Sequence

from app.almanac.rules.elections import problem_with_showing


def problem_with_signatories(ballot_numbers: Sequence[int | None], *, ballot: Sequence[int]) -> str | None:
    """Why institutions cannot stand in this order, or None.

    ballot_numbers: of each institution in order, None for one that is no campaign team. ballot: of all pairs
    that stand. Codes: `pairs_incomplete`, `pairs_out_of_ballot_order`, `pairs_not_together`. Equal treatment:
    UU 10/2016 art. 71(1).
    """
    shown = [number for number in ballot_numbers if number is not None]
    problem = problem_with_showing(shown, ballot=ballot)
    if problem or not shown:
        return problem
    places = [place for place, number in enumerate(ballot_numbers) if number is not None]
    if places[-1] - places[0] + 1 != len(places):
        return "pairs_not_together"
    return None
