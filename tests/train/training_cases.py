"""Losses, metrics, optimizers, schedules and fits that are compared with Keras: settings, no results."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

ROWS, CLASSES, STEPS = 12, 4, 20


def arrays(kind: str) -> tuple[np.ndarray, np.ndarray]:
    """y_true and y_pred of a kind."""
    draw = np.random.default_rng(7)
    scores = draw.normal(size=(ROWS, CLASSES)).astype("float32")
    shares = (np.exp(scores) / np.exp(scores).sum(1, keepdims=True)).astype("float32")
    labels = draw.integers(0, CLASSES, ROWS)
    one_hot = np.eye(CLASSES, dtype="float32")[labels]
    many = (draw.random((ROWS, CLASSES)) > 0.5).astype("float32")
    return {
        "real": (draw.normal(size=(ROWS, CLASSES)).astype("float32"), scores),
        "positive": (draw.random((ROWS, CLASSES)).astype("float32") * 3, np.abs(scores)),
        "one_hot": (one_hot, shares),
        "one_hot_logits": (one_hot, scores),
        "labels": (labels.astype("int32"), shares),
        "label_column": (labels.astype("int32")[:, None], shares),
        "binary": (many, shares),
        "binary_logits": (many, scores),
        "signs": (many * 2 - 1, scores),
        "zeros_and_ones": (many, scores),
        "binary_column": (many[:, :1], shares[:, :1]),
        "binary_vector": (many[:, 0], shares[:, :1]),
        "certain": (one_hot, one_hot),
    }[kind]


def weights() -> np.ndarray:
    """One weight for each sample, a zero among them."""
    drawn = np.random.default_rng(8).random(ROWS).astype("float32") * 2
    drawn[3] = 0
    return drawn


LOSSES: list[tuple[str, str, dict[str, Any]]] = [
    ("mean_squared_error", "real", {}),
    ("mean_squared_error", "binary_column", {}),
    ("mean_absolute_error", "real", {}),
    ("mean_absolute_percentage_error", "real", {}),
    ("mean_squared_logarithmic_error", "positive", {}),
    ("categorical_crossentropy", "one_hot", {}),
    ("categorical_crossentropy", "certain", {}),
    ("categorical_crossentropy", "one_hot_logits", {"from_logits": True}),
    ("categorical_crossentropy", "one_hot", {"label_smoothing": 0.1}),
    ("sparse_categorical_crossentropy", "labels", {}),
    ("sparse_categorical_crossentropy", "label_column", {}),
    ("sparse_categorical_crossentropy", "labels", {"from_logits": True}),
    ("sparse_categorical_crossentropy", "labels", {"ignore_class": 1}),
    ("binary_crossentropy", "binary", {}),
    ("binary_crossentropy", "binary_column", {}),
    ("binary_crossentropy", "certain", {}),
    ("binary_crossentropy", "binary_logits", {"from_logits": True}),
    ("binary_crossentropy", "binary", {"label_smoothing": 0.2}),
    ("binary_focal_crossentropy", "binary", {}),
    ("binary_focal_crossentropy", "binary", {"apply_class_balancing": True, "gamma": 1.5}),
    ("hinge", "signs", {}),
    ("hinge", "zeros_and_ones", {}),
    ("squared_hinge", "signs", {}),
    ("squared_hinge", "zeros_and_ones", {}),
    ("categorical_hinge", "one_hot", {}),
    ("poisson", "positive", {}),
    ("kl_divergence", "one_hot", {}),
    ("log_cosh", "real", {}),
    ("huber", "real", {}),
    ("huber", "real", {"delta": 0.4}),
    ("cosine_similarity", "real", {}),
    ("cosine_similarity", "real", {"axis": 0}),
]

METRICS: list[tuple[str, str, dict[str, Any]]] = [
    ("BinaryAccuracy", "binary", {}),
    ("BinaryAccuracy", "binary_vector", {"threshold": 0.3}),
    ("CategoricalAccuracy", "one_hot", {}),
    ("SparseCategoricalAccuracy", "labels", {}),
    ("SparseCategoricalAccuracy", "label_column", {}),
    ("TopKCategoricalAccuracy", "one_hot", {"k": 2}),
    ("SparseTopKCategoricalAccuracy", "labels", {"k": 3}),
    ("MeanSquaredError", "real", {}),
    ("MeanAbsoluteError", "real", {}),
    ("RootMeanSquaredError", "real", {}),
    ("MeanAbsolutePercentageError", "real", {}),
    ("MeanSquaredLogarithmicError", "positive", {}),
    ("CosineSimilarity", "real", {}),
    ("CategoricalCrossentropy", "one_hot", {}),
    ("BinaryCrossentropy", "binary", {}),
    ("SparseCategoricalCrossentropy", "labels", {}),
    ("KLDivergence", "one_hot", {}),
    ("Poisson", "positive", {}),
    ("Hinge", "signs", {}),
    ("AUC", "binary", {}),
    ("AUC", "binary", {"curve": "PR"}),
    ("AUC", "binary_column", {"num_thresholds": 20, "summation_method": "majoring"}),
    ("AUC", "binary", {"curve": "PR", "summation_method": "minoring"}),
    ("Precision", "binary", {}),
    ("Precision", "binary", {"top_k": 2}),
    ("Precision", "binary", {"class_id": 1, "thresholds": 0.3}),
    ("Recall", "binary", {}),
    ("Recall", "binary", {"thresholds": 0.2}),
    ("TruePositives", "binary", {}),
    ("FalsePositives", "binary", {}),
    ("TrueNegatives", "binary", {}),
    ("FalseNegatives", "binary", {}),
]

OPTIMIZERS: list[tuple[str, dict[str, Any]]] = [
    ("SGD", {}),
    ("SGD", {"momentum": 0.9}),
    ("SGD", {"momentum": 0.9, "nesterov": True, "learning_rate": 0.05}),
    ("SGD", {"clipnorm": 0.5}),
    ("SGD", {"clipvalue": 0.2, "weight_decay": 0.1}),
    ("SGD", {"global_clipnorm": 0.7}),
    ("RMSprop", {}),
    ("RMSprop", {"rho": 0.8, "momentum": 0.5, "epsilon": 1e-3}),
    ("RMSprop", {"centered": True, "epsilon": 1e-2}),
    ("RMSprop", {"centered": True, "momentum": 0.3, "learning_rate": 0.01, "epsilon": 1e-2}),
    ("Adam", {}),
    ("Adam", {"amsgrad": True, "learning_rate": 0.01, "beta_1": 0.8, "beta_2": 0.95}),
    ("Adam", {"use_ema": True, "ema_momentum": 0.9, "ema_overwrite_frequency": 7}),
    ("Adam", {"gradient_accumulation_steps": 3, "learning_rate": 0.01}),
    ("Adam", {"learning_rate": {"CosineDecay": {"initial_learning_rate": 0.01, "decay_steps": 15}}}),
    ("AdamW", {}),
    ("Adamax", {}),
    ("Nadam", {}),
    ("Adagrad", {}),
    ("Adadelta", {}),
    ("Adadelta", {"learning_rate": 1.0, "rho": 0.9}),
]

SCHEDULES: list[tuple[str, dict[str, Any]]] = [
    ("ExponentialDecay", {"initial_learning_rate": 0.1, "decay_steps": 10, "decay_rate": 0.9}),
    (
        "ExponentialDecay",
        {"initial_learning_rate": 0.1, "decay_steps": 7, "decay_rate": 0.5, "staircase": True},
    ),
    ("InverseTimeDecay", {"initial_learning_rate": 0.1, "decay_steps": 10, "decay_rate": 0.5}),
    ("PiecewiseConstantDecay", {"boundaries": [5, 20], "values": [0.1, 0.01, 0.001]}),
    ("PolynomialDecay", {"initial_learning_rate": 0.1, "decay_steps": 30, "power": 2.0}),
    ("PolynomialDecay", {"initial_learning_rate": 0.1, "decay_steps": 12, "cycle": True}),
    ("CosineDecay", {"initial_learning_rate": 0.1, "decay_steps": 30, "alpha": 0.1}),
    (
        "CosineDecay",
        {"initial_learning_rate": 0.0, "decay_steps": 20, "warmup_target": 0.1, "warmup_steps": 10},
    ),
    ("CosineDecayRestarts", {"initial_learning_rate": 0.1, "first_decay_steps": 7, "m_mul": 0.5}),
    ("CosineDecayRestarts", {"initial_learning_rate": 0.1, "first_decay_steps": 9, "t_mul": 1.0}),
]
SCHEDULE_STEPS = list(range(0, 40, 3))


def gradients() -> tuple[list[np.ndarray], list[list[np.ndarray]]]:
    """First weights, and 20 steps of gradients of very different sizes."""
    draw = np.random.default_rng(9)
    shapes = [(3, 2), (2,)]
    first = [draw.normal(size=s).astype("float32") for s in shapes]
    sizes = 10.0 ** draw.integers(-4, 1, STEPS)
    return first, [[(draw.normal(size=s) * size).astype("float32") for s in shapes] for size in sizes]


FITS: dict[str, dict[str, Any]] = {
    "softmax": {"last": "softmax", "y": "one_hot", "loss": "categorical_crossentropy"},
    "sparse": {"last": "softmax", "y": "labels", "loss": "sparse_categorical_crossentropy"},
    "sigmoid": {"last": "sigmoid", "y": "many", "loss": "binary_crossentropy"},
    "softmax, other loss": {"last": "softmax", "y": "one_hot", "loss": "mean_squared_error"},
    "class weights": {
        "last": "softmax",
        "y": "one_hot",
        "loss": "categorical_crossentropy",
        "class_weight": {0: 1.0, 2: 3.0},
    },
    "sample weights": {
        "last": "softmax",
        "y": "one_hot",
        "loss": "categorical_crossentropy",
        "sample_weight": True,
        "weighted_metrics": ["mse"],
    },
    "split": {"last": "softmax", "y": "labels", "loss": "sparse_categorical_crossentropy", "split": 0.25},
}
FIT_ROWS, FIT_SIZES = 50, (6, 5, CLASSES)


def fit_data() -> dict[str, np.ndarray]:
    """Inputs, targets of every kind and sample weights."""
    draw = np.random.default_rng(10)
    labels = draw.integers(0, CLASSES, FIT_ROWS)
    return {
        "x": draw.normal(size=(FIT_ROWS, FIT_SIZES[0])).astype("float32"),
        "labels": labels.astype("int32"),
        "one_hot": np.eye(CLASSES, dtype="float32")[labels],
        "many": (draw.random((FIT_ROWS, CLASSES)) > 0.5).astype("float32"),
        "sample_weight": draw.random(FIT_ROWS).astype("float32"),
    }


def fit_weights() -> list[np.ndarray]:
    """Kernel and bias of each dense layer."""
    draw = np.random.default_rng(11)
    shapes = [shape for n, m in pairwise(FIT_SIZES) for shape in ((n, m), (m,))]
    return [(draw.normal(size=s) if len(s) == 2 else np.zeros(s)).astype("float32") for s in shapes]


def masked(k: Any) -> Any:
    """Words, of which 0 is none; a class for every word."""
    words = k.Input(shape=(7,), dtype="int32")
    x = k.LSTM(3, return_sequences=True)(k.Embedding(10, 4, mask_zero=True)(words))
    return k.Model(words, k.Dense(CLASSES, activation="softmax")(x))


def penalized(k: Any) -> Any:
    """Penalties on weights and outputs, a constraint, and a frozen layer."""
    x = inputs = k.Input(shape=(6,))
    x = k.Dense(5, activation="relu", kernel_regularizer="l2", activity_regularizer="l1")(x)
    x = k.Dense(4, kernel_constraint="max_norm", bias_regularizer="l1")(x)
    x = k.Dense(4, trainable=False, kernel_regularizer="l2")(x)
    return k.Model(inputs, k.Dense(CLASSES, activation="softmax")(x))


def normalized(k: Any) -> Any:
    """Batch normalization, which keeps means while training and uses them afterwards."""
    inputs = k.Input(shape=(6,))
    # a bias would have no gradient but rounding, which Adam makes steps of
    x = k.BatchNormalization()(k.Dense(5, use_bias=False)(inputs))
    return k.Model(inputs, k.Dense(CLASSES, activation="softmax")(x))


MODELS = {"masked": masked, "penalized": penalized, "normalized": normalized}


def model_data(name: str) -> tuple[np.ndarray, np.ndarray]:
    """Inputs and class numbers for a model of MODELS."""
    if name != "masked":
        return fit_data()["x"], fit_data()["labels"]
    draw = np.random.default_rng(12)
    words = draw.integers(1, 10, (FIT_ROWS, 7))
    words[np.arange(7) >= draw.integers(1, 8, FIT_ROWS)[:, None]] = 0
    return words.astype("int32"), draw.integers(0, CLASSES, (FIT_ROWS, 7)).astype("int32")


def model_weights(shapes: list[tuple[int, ...]]) -> list[np.ndarray]:
    """Positive, as variances must be."""
    draw = np.random.default_rng(13)
    return [draw.random(s).astype("float32") for s in shapes]


def key(*parts: Any) -> str:
    """Where a case's results are kept."""
    return " ".join(str(p) for p in parts)
