"""Makes pipekeras/data/digits.npz and its licence from an installed scikit-learn.

python -m venv sk && sk/bin/pip install scikit-learn && sk/bin/python scripts/dev/record_digits.py
"""

from importlib.metadata import distribution
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

DATA = Path(__file__).parents[2] / "pipekeras" / "data"
NOTE = """\
digits.npz: 1,797 handwritten digits, 8 x 8 pixels each, ink from 0 to 16.

Data: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository,
1998, https://doi.org/10.24432/C50P49, under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/).
Converted to npz by scripts/dev/record_digits.py from the copy that scikit-learn distributes, under this
licence:

"""


def main() -> None:
    digits = load_digits()
    np.savez_compressed(
        DATA / "digits.npz",
        images=digits.images.astype(np.uint8),
        labels=digits.target.astype(np.uint8),
    )
    licence = distribution("scikit-learn").read_text("licenses/COPYING") or ""
    (DATA / "digits.LICENSE.txt").write_text(NOTE + licence.split("\n----\n")[0].rstrip() + "\n")


if __name__ == "__main__":
    main()
