"""Copy R keras's argument lists of layers and what they are made of into tests/layers/golden.

python scripts/dev/record_signatures.py keras_r_signatures.json
(the file holds, by package and version, the exports as [[name, default as R code], ...])
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from pipekeras.layers import activations, constraints, initializers, registry, regularizers  # noqa: E402

FAMILIES = (activations.FAMILY, initializers.FAMILY, regularizers.FAMILY, constraints.FAMILY)
PACKAGES = {"keras-2.16.1": "keras 2.16.1", "keras3-1.5.1": "keras3 1.5.1"}

packages = json.loads(Path(sys.argv[1]).read_text())
names = {*registry(), *(name for family in FAMILIES for declared in family for name in declared.r_names)}
lines = ['"made by": "scripts/dev/record_signatures.py"']
for package, title in PACKAGES.items():
    exports = packages[package]["exports"]
    # keras3's layer_input is another name of keras_input
    found = {name: exports.get(name) for name in names}
    found["layer_input"] = exports.get("keras_input", found["layer_input"])
    rows = [f"  {json.dumps(n)}: {json.dumps(found[n])}" for n in sorted(found) if isinstance(found[n], list)]
    lines.append(f"{json.dumps(title)}: {{\n" + ",\n".join(rows) + "\n}")
(ROOT / "tests" / "layers" / "golden" / "r_signatures.json").write_text("{" + ",\n".join(lines) + "}\n")
