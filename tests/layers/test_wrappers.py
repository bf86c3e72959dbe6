"""wrappers: numbers, gradients and shapes equal Keras's."""

TOPIC = "wrappers"


def test_equals_keras(equals_keras):
    equals_keras()


def test_stated_shape_is_the_real_one(stated_is_real):
    stated_is_real()
