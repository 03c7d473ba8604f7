"""
Trains the default network on each table with NumPy alone, for 200 seeds, and writes how the final accuracies are spread:
`test/golden/table-distributions.json`, which a statistics test compares with our engine. It shares the split of the rows
and nothing else: its weights and orders come from NumPy's generator, digits and breast cancer from scikit-learn.

    pip install numpy==2.4.6 scikit-learn==1.9.1
    python test/programs/table-distributions.py
"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn.datasets import load_breast_cancer, load_digits
from sklearn.preprocessing import StandardScaler
from sklearn.utils import shuffle

seeds, epochs, hidden, batch_size, rate, momentum = 200, 40, 50, 32, 0.01, 0.9
here = pathlib.Path(__file__).parent


def read(name):
    table = np.genfromtxt(here / f"../../site/public/data/{name}.csv", delimiter=",", dtype=str, skip_header=1)
    return table[:, :-1].astype(float), np.unique(table[:, -1], return_inverse=True)[1]


tables = {
    "penguins": read("penguins"),
    "weather": read("weather"),
    "digits": load_digits(return_X_y=True),
    "breastCancer": load_breast_cancer(return_X_y=True),
}


def scores(layers, x):
    """The scores of examples [S, N, F] by the networks of all seeds, and the hidden activations."""
    w1, b1, w2, b2 = layers
    a = np.maximum(x @ w1 + b1, 0)
    return a @ w2 + b2, a


def accuracies(layers, x, y):
    return (scores(layers, x[None])[0].argmax(-1) == y).mean(1)


def train(x, y, classes, random):
    """Trains all seeds beside each other by SGD with momentum on softmax cross-entropy."""
    rows, features = x.shape
    he, glorot = np.sqrt(6 / features), np.sqrt(6 / (hidden + classes))
    layers = [
        random.uniform(-he, he, (seeds, features, hidden)),
        np.zeros((seeds, 1, hidden)),
        random.uniform(-glorot, glorot, (seeds, hidden, classes)),
        np.zeros((seeds, 1, classes)),
    ]
    layers = [layer.astype("float32") for layer in layers]
    velocities = [np.zeros_like(layer) for layer in layers]
    targets = np.eye(classes, dtype="float32")[y]
    for _ in range(epochs):
        orders = random.permuted(np.tile(np.arange(rows), (seeds, 1)), axis=1)
        for start in range(0, rows, batch_size):
            batch = orders[:, start : start + batch_size]
            inputs = x[batch]
            z, a = scores(layers, inputs)
            p = np.exp(z - z.max(-1, keepdims=True))
            dz = (p / p.sum(-1, keepdims=True) - targets[batch]) / batch.shape[1]
            da = (dz @ layers[2].transpose(0, 2, 1)) * (a > 0)
            gradients = [
                inputs.transpose(0, 2, 1) @ da,
                da.sum(1, keepdims=True),
                a.transpose(0, 2, 1) @ dz,
                dz.sum(1, keepdims=True),
            ]
            for layer, velocity, gradient in zip(layers, velocities, gradients):
                velocity *= np.float32(momentum)
                velocity -= np.float32(rate) * gradient
                layer += velocity
    return layers


def spread(values):
    return {"mean": round(float(values.mean()), 6), "sd": round(float(values.std(ddof=1)), 6)}


found = {}
for name, (x, y) in tables.items():
    x, y = shuffle(x, y, random_state=2)
    rows = int(len(x) / 2 + 0.5)
    x = StandardScaler().fit(x[:rows]).transform(x).astype("float32")
    layers = train(x[:rows], y[:rows], y.max() + 1, np.random.default_rng(2026))
    found[name] = {
        "finalTrainAccuracy": spread(accuracies(layers, x[:rows], y[:rows])),
        "finalTestAccuracy": spread(accuracies(layers, x[rows:], y[rows:])),
    }
    print(name, found[name])

about = (
    f"{seeds} seeds of the default network on each table for {epochs} epochs, trained in float32 by "
    f"test/programs/table-distributions.py (NumPy {np.__version__}, scikit-learn {sklearn.__version__}): "
    "sample mean and standard deviation of the accuracies after the last epoch."
)
path = here / "../golden/table-distributions.json"
path.write_text(json.dumps({"about": about, "seeds": seeds, "epochs": epochs, "tables": found}, indent=2) + "\n")
