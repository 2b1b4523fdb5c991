"""Elections for tests."""

from datetime import datetime, timedelta

from app.almanac.details import StageKind
from app.almanac.models import CandidatePair, Election, ElectionStage
from app.core import cache
from app.core.database import db


def make_election(
    *, vote_at: datetime, region_code: str | None = None, pairs: int = 3, name: str = "Pemilihan Contoh"
) -> Election:
    """Campaign until three days before `vote_at`, then masa tenang, then a day of voting; three invented pairs."""
    quiet = vote_at - timedelta(days=3)
    spans = (
        (StageKind.KAMPANYE, quiet - timedelta(days=60), quiet),
        (StageKind.MASA_TENANG, quiet, vote_at),
        (StageKind.PEMUNGUTAN, vote_at, vote_at + timedelta(days=1)),
    )
    election = Election(name=name, kind="pilkada", region_code=region_code, invented=True)
    election.stages = [
        ElectionStage(kind=kind, starts_at=start, ends_at=end, legal_basis="PKPU Contoh")
        for kind, start, end in spans
    ]
    names = (
        ("Rekaan Pertama", "Umpama Kesatu"),
        ("Contoh Kedua", "Misal Dua"),
        ("Teladan Ketiga", "Andai Tiga"),
    )
    election.pairs = [
        CandidatePair(ballot_number=number, head_name=head, deputy_name=deputy, parties=[], aliases=[])
        for number, (head, deputy) in enumerate(names[:pairs], start=1)
    ]
    db.session.add(election)
    db.session.commit()
    cache.bump()
    return election
