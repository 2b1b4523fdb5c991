"""The served log, checked by a library that strangers wrote: pymerkle.

pymerkle's tree is that of RFC 9162. Its proofs begin with the leaf itself, and its proof of consistency is the
proof of inclusion of the first line after the older tree, marked with which hashes make up that older tree: the
nodes to the left. So `bukti/M` of our log is what it asks for. The shorter form of RFC 9162 §2.1.4, which
`konsistensi/M/N` gives, comes out of it by folding the nodes that lie to the right up to the first to the left.
"""

import base64
from typing import Any

import pytest
from flask.testing import FlaskClient
from pymerkle import (
    ConsistencyProof,
    InclusionProof,
    InmemoryTree,
    InvalidProof,
    verify_consistency,
    verify_inclusion,
)

from app.core import clock
from app.pledges import actions
from app.pledges.rules import verifying
from tests.pledges.factories import make_pledge, signing

SIZES = (1, 2, 3, 4, 7, 8, 11, 13)


def test_root_inclusion_and_consistency_hold_for_a_library_of_strangers(client: FlaskClient) -> None:
    pledge = make_pledge()
    address = f"/ikrar/{pledge.slug}/catatan"
    roots: dict[int, bytes] = {}
    for size in SIZES:
        for _ in range(size - max(roots, default=0)):
            actions.sign_as_public(pledge.id, signing(), now=clock.now())
        actions.seal_logs(clock.now())
        roots[size] = served_root(client, address)
    size = SIZES[-1]
    lines = client.get(f"{address}/entri.jsonl").data.splitlines()
    tree = InmemoryTree(algorithm="sha256")
    for line in lines:
        tree.append_entry(line)
    proofs = [client.get(f"{address}/bukti/{number}").json for number in range(size)]

    assert {size: tree.get_root(size) for size in SIZES} == roots
    for number, proof in enumerate(proofs):
        inclusion = as_inclusion(proof, tree)
        verify_inclusion(tree.hash_buff(lines[number]), roots[size], inclusion, number + 1, size, "sha256")
        with pytest.raises(InvalidProof):
            verify_inclusion(tree.hash_buff(b"lain"), roots[size], inclusion)
    for old in SIZES[:-1]:
        consistency = as_consistency(old, proofs[old], tree)
        verify_consistency(roots[old], roots[size], consistency, old, size, "sha256")
        with pytest.raises(InvalidProof):
            verify_consistency(bytes(32), roots[size], consistency)
    for old in SIZES[:-1]:
        for new in SIZES[SIZES.index(old) + 1 :]:
            path = client.get(f"{address}/konsistensi/{old}/{new}").json["path"]
            assert hashes(path) == shortened(tree.prove_consistency(old, new), tree)


def served_root(client: FlaskClient, address: str) -> bytes:
    note = client.get(f"{address}/checkpoint").get_data(as_text=True)
    keys = client.get(f"{address}/kunci").get_data(as_text=True).splitlines()
    return verifying.check_checkpoint(note, keys).root


def hashes(path: list[str]) -> list[bytes]:
    return [base64.b64decode(part) for part in path]


def as_inclusion(proof: dict[str, Any], tree: InmemoryTree) -> InclusionProof:
    """Our proof in pymerkle's form: the leaf first; which side each hash lies on follows from the numbers."""
    rule = tree.prove_inclusion(proof["number"] + 1, proof["size"]).rule
    path = [base64.b64decode(proof["leaf_hash"]), *hashes(proof["path"])]
    return InclusionProof("sha256", True, proof["size"], proof["number"] + 1, rule, path)


def as_consistency(old: int, proof: dict[str, Any], tree: InmemoryTree) -> ConsistencyProof:
    """The proof of line number `old`, the first one that a log of `old` lines did not have."""
    form = tree.prove_consistency(old, proof["size"])
    path = [base64.b64decode(proof["leaf_hash"]), *hashes(proof["path"])]
    return ConsistencyProof("sha256", True, proof["size"], old, form.rule, form.subset, path)


def shortened(proof: ConsistencyProof, tree: InmemoryTree) -> list[bytes]:
    """pymerkle's proof in the form of RFC 9162 §2.1.4.1."""
    first_left = proof.subset.index(1)
    begun = proof.path[0]
    for right in proof.path[1:first_left]:
        begun = tree.hash_pair(begun, right)
    is_power_of_two = proof.prior_size & (proof.prior_size - 1) == 0
    last_of_old = [] if is_power_of_two else [proof.path[first_left]]
    return [*last_of_old, begun, *proof.path[first_left + 1 :]]
