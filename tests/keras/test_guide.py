"""The guide's snippets run unchanged and say what the guide says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipekeras.errors import UserError
from pipekeras.keras import editions, namespace
from pipekeras.lang.evaluator.interpreter import run_source
from pipekeras.lang.session import fresh_session
from pipekeras.lang.values import integer
from pipekeras.syntax.reading import read_source

SNIPPETS = Path(__file__).parents[2] / "scripts" / "guide"

# The guide's table, its "Connected to" column filled as Keras 2.1.5 fills it. Recorded from Keras 2.1.5's own
# print_summary at line_length = 90.
HEADLINE = """\
__________________________________________________________________________________________
Layer (type)                 Output Shape        Param #    Connected to                  
==========================================================================================
main_input (InputLayer)      (None, 100)         0                                        
__________________________________________________________________________________________
embedding_1 (Embedding)      (None, 100, 512)    5120000    main_input[0][0]              
__________________________________________________________________________________________
lstm_1 (LSTM)                (None, 32)          69760      embedding_1[0][0]             
__________________________________________________________________________________________
aux_input (InputLayer)       (None, 5)           0                                        
__________________________________________________________________________________________
concatenate_1 (Concatenate)  (None, 37)          0          lstm_1[0][0]                  
                                                            aux_input[0][0]               
__________________________________________________________________________________________
dense_1 (Dense)              (None, 64)          2432       concatenate_1[0][0]           
__________________________________________________________________________________________
dense_2 (Dense)              (None, 64)          4160       dense_1[0][0]                 
__________________________________________________________________________________________
dense_3 (Dense)              (None, 64)          4160       dense_2[0][0]                 
__________________________________________________________________________________________
main_output (Dense)          (None, 1)           65         dense_3[0][0]                 
__________________________________________________________________________________________
aux_output (Dense)           (None, 1)           33         lstm_1[0][0]                  
==========================================================================================
Total params: 5,200,610
Trainable params: 5,200,610
Non-trainable params: 0
__________________________________________________________________________________________
"""

# what each snippet must print
PRINTED = {
    "01_dense": "Total params: 55,050\n",
    "02_reuse": "<KerasTensor shape=(None, 10)",
    "03_time_distributed": "<KerasTensor shape=(None, 20, 10)",
    "04_headline": HEADLINE,
    "05_shared_lstm": "accuracy:",
    "06_node_one": "<KerasTensor shape=(None, 32)",
    "08_get_output_at": "<KerasTensor shape=(None, 32)",
    "09_conv_shapes": "[[2]]\n[1] 64\n",
    "10_inception": "<KerasTensor shape=(None, 768, 256, 64)",
    "11_residual": "<KerasTensor shape=(None, 256, 256, 3)",
    "12_shared_vision": "dense_1 (Dense)",
    "13_vqa": "sequential_1 (Sequential)",
    "14_video_qa": "time_distributed_1 (TimeDist",
}


@pytest.fixture
def run() -> Iterator[Callable[[str], str]]:
    """Runs a snippet as the command line does, 90 characters wide; gives what it prints."""
    session = fresh_session()
    namespace.install()
    session.options["width"] = integer(90)
    written: list[str] = []
    session.write = written.append

    def run_snippet(name: str) -> str:
        run_source(read_source(str(SNIPPETS / f"{name}.rk")))
        return "".join(written)

    yield run_snippet
    fresh_session()
    editions.use(editions.GUIDE)


@pytest.mark.parametrize("name", PRINTED)
def test_snippet(name: str, run: Callable[[str], str], capsys: pytest.CaptureFixture[str]) -> None:
    printed = run(name) + capsys.readouterr().out
    assert PRINTED[name] in printed


def test_a_layer_with_two_nodes_has_no_output(run: Callable[[str], str]) -> None:
    with pytest.raises(UserError) as caught:
        run("07_node_two")
    assert caught.value.message == (
        "AttributeError: Layer lstm_1 has multiple inbound nodes, hence the notion of "
        '"layer output" is ill-defined. Use `get_output_at(node_index)` instead.'
    )
    assert caught.value.render().splitlines()[0] == "Error in lstm$output : "


def test_every_snippet_is_tried() -> None:
    assert {path.stem for path in SNIPPETS.glob("*.rk")} == {*PRINTED, "07_node_two"}
