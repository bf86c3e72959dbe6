"""Copy R keras's argument lists of what belongs to training into tests/train/golden.

python scripts/dev/record_train_signatures.py keras_r_signatures.json
(the file holds, by package and version, the exports as [[name, default as R code], ...])
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

FAMILY = re.compile(r"(loss|metric|optimizer|callback|learning_rate_schedule)_\w+")
PACKAGES = {"keras-2.16.1": "keras 2.16.1", "keras3-1.5.1": "keras3 1.5.1"}

packages = json.loads(Path(sys.argv[1]).read_text())
lines = ['"made by": "scripts/dev/record_train_signatures.py"']
for package, title in PACKAGES.items():
    exports = packages[package]["exports"]
    rows = [
        f"  {json.dumps(name)}: {json.dumps(arguments)}"
        for name, arguments in sorted(exports.items())
        if FAMILY.fullmatch(name) and isinstance(arguments, list)
    ]
    lines.append(f"{json.dumps(title)}: {{\n" + ",\n".join(rows) + "\n}")
golden = Path(__file__).parents[2] / "tests" / "train" / "golden" / "r_signatures.json"
golden.write_text("{" + ",\n".join(lines) + "}\n")
