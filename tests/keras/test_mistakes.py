"""Every mistake of R keras's error table ends in one error with place, cause and cure."""

from __future__ import annotations

import pytest

from pipekeras.errors import UserError
from pipekeras.keras.running import run_text

DENSE = (
    "i <- layer_input(shape = 20)\no <- i %>% layer_dense(4, activation = 'softmax')\n"
    "m <- keras_model(i, o)\n"
)
COMPILED = DENSE + "m %>% compile(loss = 'categorical_crossentropy', optimizer = 'sgd')\n"
DATA = "x <- matrix(0.5, 8, 20)\ny <- matrix(0.25, 8, 4)\n"
TWO = (
    "a <- layer_input(shape = 3, name = 'a_in')\nb <- layer_input(shape = 2, name = 'b_in')\n"
    "h <- layer_concatenate(c(a, b))\n"
    "o1 <- h %>% layer_dense(1, name = 'o1')\no2 <- h %>% layer_dense(1, name = 'o2')\n"
    "m <- keras_model(c(a, b), c(o1, o2))\nm %>% compile(loss = 'mse', optimizer = 'sgd')\n"
    "xa <- matrix(0, 8, 3)\nxb <- matrix(0, 8, 2)\nt <- matrix(0, 8, 1)\n"
)

# name of the mistake: (script, part of the message, part of the cure or None)
MISTAKES: dict[str, tuple[str, str, str | None]] = {
    "unknown layer argument": (
        "layer_input(shape = 3) %>% layer_dense(units = 64, activaton = 'relu')",
        'unused argument (activaton = "relu")',
        "`activation`",
    ),
    "unknown argument of a recurrent layer": ("layer_lstm(units = 64, foo = 1)", "foo", None),
    "missing argument": ("layer_dense()", 'argument "units" is missing, with no default', None),
    "bare layer_lstm in a pipe": (
        "layer_input(shape = c(3, 2)) %>% layer_lstm",
        'argument "units" is missing, with no default',
        None,
    ),
    "input without shape": ("layer_input()", "shape", None),
    "unknown activation": ("layer_dense(units = 3, activation = 'rellu')", "rellu", "relu"),
    "unquoted activation": ("layer_dense(units = 3, activation = relu)", "object 'relu' not found", None),
    "unknown initializer": ("layer_dense(units = 3, kernel_initializer = 'glorot')", "glorot", "glorot_"),
    "unknown optimizer": (DENSE + "m %>% compile(loss = 'mse', optimizer = 'rmsprp')", "rmsprp", "rmsprop"),
    "unknown loss": (
        DENSE + "m %>% compile(loss = 'categorical_crosentropy')",
        "categorical_crosentropy",
        "categorical_crossentropy",
    ),
    "unknown metric": (DENSE + "m %>% compile(loss = 'mse', metrics = 'acuracy')", "acuracy", "accuracy"),
    "unknown compile argument": (DENSE + "m %>% compile(loss = 'mse', foo = 1)", "foo", None),
    "fit before compile": (DENSE + DATA + "m %>% fit(x, y)", "compile", None),
    "no loss": (DENSE + DATA + "m %>% compile(optimizer = 'sgd')\nm %>% fit(x, y)", "loss", None),
    "no y": (COMPILED + DATA + "m %>% fit(x)", "arget data is missing", None),
    "wrong input width": (
        COMPILED + DATA + "m %>% fit(x[, 1:10], y)",
        "expected shape=(None, 20), found shape=(8, 10)",
        None,
    ),
    "wrong target width": (COMPILED + DATA + "m %>% fit(x, y[, 1:3])", "(8, 3)", None),
    "row counts differ": (COMPILED + DATA + "m %>% fit(x, y[1:5, ])", "cardinality is ambiguous", None),
    "one input of two": (TWO + "m %>% fit(xa, list(t, t))", "expects 2 input(s)", None),
    "named list with a missing input": (TWO + "m %>% fit(list(b_in = xb), list(t, t))", '"a_in"', None),
    "loss list with a wrong output name": (
        TWO + "m %>% compile(loss = list(nosuch = 'mse'))\nm %>% fit(list(xa, xb), list(t, t))",
        "nosuch",
        None,
    ),
    "inputs in the wrong order": (TWO + "m %>% fit(list(xb, xa), list(t, t))", "(None, 3)", None),
    "labels from 1 with a sparse loss": (
        DENSE
        + "m %>% compile(loss = 'sparse_categorical_crossentropy')\n"
        + DATA
        + "m %>% fit(x, rep(1:4, 2))",
        "outside the valid range of [0, 4)",
        "1",
    ),
    "wrong rank": (
        "layer_input(shape = 784) %>% layer_lstm(units = 3)",
        "expected ndim=3, found ndim=2. Full shape received: (None, 784)",
        None,
    ),
    "mismatched concatenate": (
        "layer_concatenate(c(layer_input(shape = c(4, 5)), layer_input(shape = c(6, 5))))",
        "matching shapes except for the concatenation axis",
        None,
    ),
    "mismatched add": (
        "layer_add(c(layer_input(shape = c(4, 5)), layer_input(shape = c(6, 5))))",
        "(4, 5) and (6, 5)",
        None,
    ),
    "shared dense on another width": (
        "d <- layer_dense(units = 2)\nlayer_input(shape = 3) %>% d\nlayer_input(shape = 4) %>% d",
        "expected axis -1 of input shape to have value 3",
        None,
    ),
    "convolution bigger than the image": (
        "layer_input(shape = c(4, 4, 1)) %>% layer_conv_2d(filters = 2, kernel_size = c(5, 5))",
        "(None, 4, 4, 1)",
        None,
    ),
    "reshape to another size": (
        "layer_input(shape = c(4, 4, 1)) %>% layer_reshape(target_shape = c(5, 5))",
        "(4, 4, 1)",
        None,
    ),
    "disconnected graph": (
        "p <- layer_input(shape = 3)\nq <- layer_input(shape = 3)\n"
        "r <- p %>% layer_dense(2)\nkeras_model(q, r)",
        "Graph disconnected",
        None,
    ),
    "no outputs": ("keras_model(layer_input(shape = 3))", "outputs", None),
    "duplicate names": (
        "i <- layer_input(shape = 3)\n"
        "o <- i %>% layer_dense(2, name = 'same') %>% layer_dense(2, name = 'same')\nkeras_model(i, o)",
        'The name "same" is used 2 times in the model. All layer names should be unique.',
        None,
    ),
    "no such layer": (
        DENSE + "get_layer(m, 'nosuch')",
        "No such layer: nosuch. Existing layers are: [",
        None,
    ),
    "units of two numbers": ("layer_dense(units = c(64, 32))", "units", None),
    "undefined variable": ("keras_model(1, predictons)", "object 'predictons' not found", None),
    "unknown function": (
        "layer_input(shape = 3) %>% layer_denses(units = 64)",
        'could not find function "layer_denses"',
        "layer_dense",
    ),
    "pipe into a number": ("layer_input(shape = 3) %>% 5", "attempt to apply non-function", None),
    "missing comma": ("layer_dense(units = 64 activation = 'relu')", "unexpected symbol", None),
    "missing parenthesis": ("i <- layer_input(shape = c(784)\nx <- 1", "unexpected symbol", None),
    "trailing pipe": ("i <- layer_input(shape = 3)\ni %>%\n", "unexpected end of input", None),
    "line that starts with a pipe": ("x <- 3\n  %>% sqrt()", "unexpected SPECIAL", None),
    "the output of two calls": (
        "a <- layer_input(shape = c(3, 2))\nl <- layer_lstm(units = 3, name = 'lstm_4')\n"
        "a %>% l\na %>% l\nl$output",
        'AttributeError: Layer lstm_4 has multiple inbound nodes, hence the notion of "layer output" is '
        "ill-defined. Use `get_output_at(node_index)` instead.",
        "get_output_at",
    ),
    "a call that there was not": (
        "a <- layer_input(shape = c(3, 2))\nl <- layer_lstm(units = 3)\na %>% l\nget_output_at(l, 3)",
        "the layer has only 1 inbound nodes",
        None,
    ),
    "a layer where a model is due": ("d <- layer_dense(units = 1)\nevaluate(d, 1)", "must be a Model", None),
    "a model where a stack is due": (DENSE + "pop_layer(m)", "must be a Sequential", None),
    "a lambda layer that returns nothing": (
        "layer_lambda(layer_input(2), function(x) NULL)",
        "must return tensors",
        "return what is computed",
    ),
    "a loss of text": ("loss_binary_crossentropy('a', 2)", "must hold numbers", None),
    "a callback that is no function": ("callback_lambda(on_epoch_end = 3)", "expected a function", None),
    "weights of a number": ("get_weights(3)", "`object` must be a Layer", None),
    "a layer on text": ("layer_dense(units = 1)('a')", "no array of numbers", None),
    "a layer on nothing": ("layer_dense(units = 1)()", 'argument "x" is missing', None),
    "a layer on two tensors": (
        "i <- layer_input(shape = 3)\nlayer_dense(units = 1)(i, i)",
        "unused argument (<KerasTensor",
        None,
    ),
    "an array of a wrong shape in a custom loss": (
        DENSE + DATA + "m %>% compile(loss = function(t, p) t[, 1:2] - p)\nm %>% fit(x, y, verbose = 0)",
        "`subtract`: it does not work on the input shapes (8, 2), (8, 4)",
        "layer_reshape",
    ),
    "a custom loss of a number": (
        DENSE + DATA + "m %>% compile(loss = function(t, p) 3)\nm %>% fit(x, y, verbose = 0)",
        "must return tensors, not float",
        None,
    ),
    "a custom metric of text": (
        DENSE
        + DATA
        + "m %>% compile(loss = 'mse', metrics = custom_metric('q', function(t, p) 'a'))\n"
        + "m %>% fit(x, y, verbose = 0)",
        "must return tensors, not str",
        None,
    ),
    "shapes that do not fit in a backend function": ("k_dot(1:3, 1:4)", "input shapes (3,), (4,)", None),
    "a place that there is not": ("k_constant(1:3)[7]", "`get_item`", None),
    "an axis that there is not": ("k_mean(k_constant(1:3), axis = 5)", "`mean`", None),
    "an axis that is no number": ("k_mean(1:3, axis = 'a')", "`axis`, expected a whole number", None),
    "an unknown type of numbers": ("k_cast(1:3, 'flooat32')", "Invalid dtype: flooat32", "float32"),
    "an initializer with text": (
        "layer_dense(units = 1, kernel_initializer = initializer_constant('a'))",
        "`value`, expected numbers",
        None,
    ),
    "a regularizer with text": ("regularizer_l2('a')", "`l`, expected a number", None),
    "frozen by a number": (DENSE + "m$trainable <- 7", "expected TRUE or FALSE", None),
    "a layer that there is not to freeze to": (DENSE + "freeze_weights(m, to = 9)", "index 8", None),
    "a learning rate of text": (
        DENSE + "m %>% compile(loss = 'mse')\nm$optimizer$lr <- 'a'",
        "expected a number",
        None,
    ),
    "the optimizer before compile": (DENSE + "m$optimizer", "compile your model", None),
    "missing classes": ("to_categorical(c(1, NA))", "missing or infinite", None),
    "an axis that is not there": ("normalize(matrix(1, 2, 2), axis = 7)", "out of bounds", None),
    "an unknown argument of summary": (DENSE + "summary(m, wdith = 3)", "unused argument", None),
    "a history without its parts": (
        DENSE
        + DATA
        + "m %>% compile(loss = 'mse')\nh <- m %>% fit(x, y, epochs = 1, verbose = 0)\n"
        + "h$params <- NULL\nprint(h)",
        "no training history",
        None,
    ),
    "no such member": ("layer_dense(units = 3)$nosuch", "'Dense' object has no attribute 'nosuch'", None),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake(mistake: str) -> None:
    script, message, cure = MISTAKES[mistake]
    with pytest.raises(UserError) as caught:
        run_text(script, {})
    error = caught.value
    assert message in error.message
    assert error.span is not None, "no place"
    assert error.cause or error.cure, "neither cause nor cure"
    if cure is not None:
        assert cure in (error.cure or "")
    assert "Traceback" not in error.render() and "torch" not in error.message
