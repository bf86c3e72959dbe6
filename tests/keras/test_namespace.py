"""The names that look like Keras's, by which torch is loaded late, are those that there are."""

from __future__ import annotations

import re

from pipekeras.keras import editions, namespace


def test_every_name_is_known_without_loading() -> None:
    assert [name for name in namespace.table() if not namespace.knows(name)] == []


def test_every_verb_in_the_list_exists() -> None:
    assert sorted(namespace._VERBS - namespace.table().keys()) == []


def test_names_of_others_do_not_look_like_keras() -> None:
    assert not any(
        namespace.knows(name) for name in ("paste", "x", "print.myclass", "predict.lm", "data.frame")
    )


def test_node_accessors_are_gone_under_keras3() -> None:
    names = namespace.KerasNames()
    assert "get_output_at" in names
    editions.use(editions.KERAS3)
    try:
        assert "get_output_at" not in names
        assert "layer_dense" in names
    finally:
        editions.use(editions.GUIDE)


def test_every_declared_name_is_greppable() -> None:
    assert all(re.fullmatch(r"[\w.]+", name) for name in namespace.table())
