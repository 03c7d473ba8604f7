"""
Milliseconds of an epoch of 64-50-10 with momentum 0.9 in PyTorch and in scikit-learn's MLPClassifier, on rows like those
of wide.ts: shuffle, train on 899 rows; PyTorch also evaluates loss and accuracy on 899 training and 898 test rows.
bench:wide runs it with `PYTHON=path` where both libraries are installed:

  python test/bench/wide.py BATCH_SIZE EPOCHS
"""

import sys
import time
import warnings

import numpy
import torch
from sklearn.neural_network import MLPClassifier

TRAIN, TEST = 899, 898
batch_size, epochs = int(sys.argv[1]), int(sys.argv[2])
rate = 0.001 if batch_size == 1 else 0.01

random = numpy.random.RandomState(1)
patterns = 16 * random.random_sample((10, 64))
labels = random.randint(0, 10, TRAIN + TEST)
values = numpy.clip(numpy.round(patterns[labels] + 28 * random.random_sample((TRAIN + TEST, 64)) - 14), 0, 16)
inputs = ((values - 8) / 5).astype("float32")


def least(epoch):
    """The fewest milliseconds of an epoch."""
    epoch()
    times = []
    for _ in range(epochs):
        start = time.perf_counter()
        epoch()
        times.append(time.perf_counter() - start)
    return 1000 * min(times)


torch.set_num_threads(1)
x, y = torch.from_numpy(inputs[:TRAIN]), torch.from_numpy(labels[:TRAIN]).long()
x_test, y_test = torch.from_numpy(inputs[TRAIN:]), torch.from_numpy(labels[TRAIN:]).long()
model = torch.nn.Sequential(torch.nn.Linear(64, 50), torch.nn.ReLU(), torch.nn.Linear(50, 10))
optimizer = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9)
loss = torch.nn.CrossEntropyLoss()


def torch_epoch():
    order = torch.randperm(TRAIN)
    for rows in order.split(batch_size):
        optimizer.zero_grad()
        loss(model(x[rows]), y[rows]).backward()
        optimizer.step()
    with torch.no_grad():
        for rows, targets in ((x, y), (x_test, y_test)):
            outputs = model(rows)
            float(loss(outputs, targets)), float((outputs.argmax(1) == targets).float().mean())


sklearn_model = MLPClassifier(
    (50,), solver="sgd", alpha=0, batch_size=batch_size, learning_rate_init=rate, momentum=0.9,
    nesterovs_momentum=False, max_iter=1, warm_start=True, n_iter_no_change=10**6,
)  # fmt: skip


def sklearn_epoch():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sklearn_model.fit(inputs[:TRAIN], labels[:TRAIN])


print(f"{least(torch_epoch):.4f} {least(sklearn_epoch):.4f}")
