"""Candidate pairs stand in boxes of one size, in ballot order, wherever a declaration shows them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

Visit = Callable[..., Page]
PLEDGE = "deklarasi-kampanye-damai-pilkada-ketapang-2024"


@pytest.mark.parametrize("width", [360, 1280])
def test_teams_of_pairs_have_boxes_of_one_size_in_ballot_order(visit: Visit, width: int) -> None:
    page = visit(width=width, height=800)
    for address in (f"/ikrar/{PLEDGE}", f"/ikrar/{PLEDGE}/layar", f"/sematkan/ikrar/{PLEDGE}"):
        page.goto(address)
        boxes = page.locator("[data-signatories] > li", has_text="nomor urut")
        texts, sizes, fonts = boxes.all_inner_texts(), [], []
        for box in boxes.all():
            place = box.bounding_box()
            assert place is not None
            sizes.append((round(place["width"], 1), round(place["height"], 1)))
            fonts.append(box.evaluate("each => getComputedStyle(each).fontSize"))

        assert len(texts) == 3, address
        assert [f"nomor urut {number}" in text.lower() for number, text in enumerate(texts, 1)] == [True] * 3
        assert len(set(sizes)) == 1, (address, sizes)
        assert len(set(fonts)) == 1, (address, fonts)
