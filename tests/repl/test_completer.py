"""What Tab offers."""

import pytest

from pipekeras.keras.namespace import install
from pipekeras.lang.evaluator.interpreter import run_source
from pipekeras.lang.session import fresh_session
from pipekeras.repl.completer import candidates
from pipekeras.syntax.source import Source


@pytest.fixture(autouse=True)
def session():
    fresh_session()
    install()
    run_source(Source("<test>", "my_list <- list(one = 1, `two words` = 2, in_it = list(deep = 3))"))
    run_source(Source("<test>", "my_function <- function(x, number = 1, ...) x"))
    yield
    fresh_session()


def offers(before):
    return [offer.text for offer in candidates(before)[1]]


def test_variables_and_base_functions():
    assert offers("my_") == ["my_function", "my_list"]
    assert "paste0" in offers("y <- paste")
    assert offers("nothing_begins_like_this") == []


def test_arguments_of_the_call_around_the_cursor():
    assert offers("my_function(") == ["x = ", "number = "]
    assert offers("my_function(nu")[0] == "number = "
    assert offers("my_function(x = c(1, 2), ") == ["number = "]
    assert offers("my_function(number = 3, x")[0] == "x = "
    assert offers("paste(my_function(1), se")[0] == "sep = "


def test_members_behind_dollar():
    assert offers("my_list$") == ["one", "`two words`", "in_it"]
    assert offers("my_list$o") == ["one"]
    assert offers("1 + my_list$in_it$") == ["deep"]
    assert offers("nosuch$") == []


def test_completion_runs_no_code():
    run_source(Source("<test>", "touched <- FALSE; delayedAssign('lazy', {touched <<- TRUE; list(a = 1)})"))
    assert offers("lazy$") == []
    assert offers("my_function(stop('no'))$") == []


def test_nothing_is_offered_in_a_comment_or_in_free_space():
    assert offers("x ") == []
    assert offers("'some text") == []


@pytest.mark.parametrize(("before", "length"), [("my_l", 4), ("my_list$o", 1), ("my_function(", 0)])
def test_what_was_typed_is_replaced(before, length):
    assert candidates(before)[0] == length


def test_layers_offer_their_arguments_and_values():
    assert "units = " in offers("x %>% layer_dense(un")
    assert "relu" in offers("layer_dense(activation = 'rel")
