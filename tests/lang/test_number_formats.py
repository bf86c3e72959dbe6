"""Numbers are formatted as R does, against a recorded table of random doubles."""

from pathlib import Path

import numpy as np

from pipekeras.lang.text.format import encode_numbers, layout_numbers
from pipekeras.lang.values import NA_REAL


def parse(text):
    return NA_REAL if text == "NA" else float.fromhex(text)


def test_format_of_random_doubles_is_rs():
    table = Path(__file__).with_name("number_formats.tsv").read_text().splitlines()[1:]
    wrong = []
    for row in table:
        digits, hexes, expected = row.split("\t")
        data = np.array([parse(h) for h in hexes.split(",")])
        got = "|".join(encode_numbers(data, layout_numbers(data, int(digits))))
        if got != expected:
            wrong.append((row, got))
    assert len(table) == 2400
    assert wrong == []
