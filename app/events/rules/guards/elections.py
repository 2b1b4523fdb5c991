"""Election stages and candidate pairs."""

from collections.abc import Iterator, Sequence

from app.almanac.details import PairNaming
from app.almanac.rules.elections import WITHHOLDING, problem_with_showing
from app.almanac.rules.naming import normalised, pairs_named_in, parties_named_in
from app.events.details import EventKind, Guard, GuardFinding, VenueKind
from app.events.rules.guards.plan import Plan, Surroundings
from app.events.rules.venues import kind_named_in

EQUAL = "UU 10/2016 pasal 71 ayat (1)"
PLACES = "UU 1/2015 pasal 69 huruf i; PKPU 13/2024 pasal 57"
CAMPUS = "Putusan MK 69/PUU-XXII/2024; PKPU 13/2024"
QUIET = "PKPU 13/2024 pasal 47"
BARRED = frozenset({VenueKind.HOUSE_OF_WORSHIP, VenueKind.SCHOOL})


def quiet_period(plan: Plan, around: Surroundings) -> Iterator[GuardFinding]:
    """In masa tenang and on voting day nothing that names a pair is held, published or promoted."""
    for stage in around.stages:
        if stage.kind not in WITHHOLDING:
            continue
        held = stage.starts_at < plan.ends_at and plan.starts_at < stage.ends_at
        announced = plan.public_at is not None and stage.starts_at <= plan.public_at < stage.ends_at
        if not (held or announced):
            continue
        holes = {"election": stage.election_name, "stage": stage.kind, "until": stage.ends_at}
        source = stage.legal_basis or QUIET
        if plan.is_wholly_tagged:
            yield plan.finding(Guard.QUIET_PERIOD, source, stage.id, **holes, held=held)
        elif plan.is_tagged:
            yield plan.finding(Guard.QUIET_SESSIONS, source, stage.id, **holes)


def names_pairs(plan: Plan, around: Surroundings) -> Iterator[GuardFinding]:
    """The tag is proposed by what the text names and confirmed by a person; named pairs are all pairs or none."""
    if not around.ballots:
        return
    named = [pairs_named_in(plan.text, ballot.pairs) for ballot in around.ballots]
    if not plan.is_tagged:
        words = [phrase for found in named for naming in found for phrase in naming.phrases]
        words += list(parties_named_in(plan.text))
        if words:
            yield plan.finding_of_words(
                Guard.NAMES_PAIRS, QUIET, *sorted(set(words)), words=", ".join(sorted(set(words))[:5])
            )
        return
    for ballot, found in zip(around.ballots, named, strict=True):
        shown = _as_written(plan.text, found)
        every = [pair.ballot_number for pair in ballot.pairs]
        problem = problem_with_showing(shown, ballot=every)
        if problem:
            missing = ", ".join(str(number) for number in every if number not in shown)
            yield plan.finding_of_words(
                Guard.PAIRS_INCOMPLETE,
                EQUAL,
                problem,
                missing,
                election=ballot.election_name,
                missing=missing,
                shown=", ".join(map(str, shown)),
            )


def _as_written(text: str, found: Sequence[PairNaming]) -> list[int]:
    """Ballot numbers in the order in which a text first names the pairs."""
    words = normalised(text)

    def place(naming: PairNaming) -> int:
        places = (words.find(normalised(phrase)) for phrase in naming.phrases)
        return min((at for at in places if at >= 0), default=0)

    return [naming.pair.ballot_number for naming in sorted(found, key=place)]


def campaign_place(plan: Plan, around: Surroundings) -> Iterator[GuardFinding]:
    """No campaign in houses of worship and schools; universities only by permit."""
    barred = plan.details.venue_kind in BARRED
    if EventKind.CAMPAIGN in plan.kinds:
        if barred:
            yield plan.finding(Guard.CAMPAIGN_PLACE, PLACES, venue=plan.details.venue_name)
        elif plan.details.venue_kind is VenueKind.UNIVERSITY:
            yield plan.finding(Guard.CAMPAIGN_CAMPUS, CAMPUS, venue=plan.details.venue_name)
    elif plan.is_tagged and barred:
        yield plan.finding(Guard.PAIRS_AT_WORSHIP, PLACES, venue=plan.details.venue_name)
    if not barred and (EventKind.CAMPAIGN in plan.kinds or plan.is_tagged):
        for kind in (kind_named_in(plan.details.venue_name), around.known_venue_kind):
            if kind in BARRED:
                yield plan.finding(Guard.VENUE_KIND, PLACES, venue=plan.details.venue_name, kind=kind)
                break
