"""
Trains small networks with Keras, PyTorch, Lightning and Hugging Face's Trainer, and writes the logs that these programs
keep, which are the samples of /diagnose and its tests: site/public/samples/.

    python -m venv venv
    venv/bin/pip install tensorflow-cpu torch scikit-learn lightning tensorboard transformers accelerate
    venv/bin/python test/programs/sample-logs.py            all of them
    venv/bin/python test/programs/sample-logs.py keras      those of one program

Every file is what the program wrote, with two exceptions: numbers are rounded to six digits to keep the files small, and
the exports of TensorBoard and of W&B, which only their web pages write, are written here from real runs in the columns
of those exports (TensorBoard: "Wall time,Step,Value"; W&B: "Step" and one column "run - metric" for each run, with its
__MIN and __MAX).
"""

import csv
import json
import os
import sys
import tempfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
from sklearn.datasets import load_digits, make_blobs

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../site/public/samples")
os.makedirs(FOLDER, exist_ok=True)


def place(name):
    return os.path.join(FOLDER, name)


def short(cell):
    """A cell with at most six significant digits."""
    try:
        number = float(cell)
    except ValueError:
        return cell
    if cell.strip().lstrip("-").isdigit() or not np.isfinite(number):
        return cell
    return f"{number:.6g}"


def shorten(source, name):
    with open(source, newline="") as file:
        rows = [[short(cell) for cell in row] for row in csv.reader(file)]
    with open(place(name), "w", newline="") as file:
        csv.writer(file).writerows(rows)


def blobs():
    """The tutorial's data: 500 examples train, 500 validate."""
    x, y = make_blobs(n_samples=1000, centers=3, n_features=2, cluster_std=2, random_state=2)
    return x[:500], y[:500], x[500:], y[500:]


def digits(train):
    x, y = load_digits(return_X_y=True)
    order = np.random.RandomState(1).permutation(len(x))
    x, y = x[order] / 16, y[order]
    return x[:train], y[:train], x[-500:], y[-500:]


def keras():
    from keras import Sequential, layers, optimizers, callbacks, utils

    def network(inputs, hidden, classes, rate):
        model = Sequential(
            [
                layers.Input((inputs,)),
                layers.Dense(hidden, activation="relu", kernel_initializer="he_uniform"),
                layers.Dense(classes, activation="softmax"),
            ]
        )
        model.compile(
            loss="sparse_categorical_crossentropy",
            optimizer=optimizers.SGD(learning_rate=rate, momentum=0.9),
            metrics=["accuracy"],
        )
        return model

    def run(name, data, hidden, rate, batch, epochs, seed=1):
        utils.set_random_seed(seed)
        x, y, vx, vy = data
        model = network(x.shape[1], hidden, int(y.max()) + 1, rate)
        with tempfile.TemporaryDirectory() as folder:
            log = os.path.join(folder, "log.csv")
            history = model.fit(
                x, y, validation_data=(vx, vy), epochs=epochs, batch_size=batch, verbose=0,
                callbacks=[callbacks.CSVLogger(log)],
            )
            if name.endswith(".csv"):
                shorten(log, name)
        return history.history

    run("keras-batch-32.csv", blobs(), 50, 0.01, 32, 80)
    run("keras-batch-256.csv", blobs(), 50, 0.01, 256, 80)
    run("keras-diverged.csv", blobs(), 50, 0.1, 1, 40)
    x, y, vx, vy = digits(300)
    random = np.random.RandomState(2)
    wrong = random.random_sample(len(y)) < 0.3
    y = np.where(wrong, (y + random.randint(1, 10, len(y))) % 10, y)
    history = run("", (x, y, vx, vy), 64, 0.05, 16, 80)
    with open(place("keras-history.json"), "w") as file:
        json.dump({key: [float(f"{value:.6g}") for value in values] for key, values in history.items()}, file)


def torch_network(inputs, hidden, classes):
    import torch

    return torch.nn.Sequential(torch.nn.Linear(inputs, hidden), torch.nn.ReLU(), torch.nn.Linear(hidden, classes))


def pytorch():
    """The norm of the gradient of two batches, of 16 and of 256 examples, at the same parameters before each update."""
    import torch

    torch.manual_seed(1)
    x, y, vx, vy = (torch.tensor(array, dtype=torch.float32 if array.ndim == 2 else torch.long) for array in blobs())
    model = torch_network(2, 50, 3)
    loss_of = torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)

    def norm(size):
        rows = torch.randint(len(x), (size,))
        model.zero_grad()
        loss = loss_of(model(x[rows]), y[rows])
        loss.backward()
        return loss.item(), torch.sqrt(sum((p.grad**2).sum() for p in model.parameters())).item()

    with open(place("pytorch-gradient-norms.csv"), "w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["step", "train_loss", "val_accuracy", "grad_norm_256", "grad_norm_16"])
        for step in range(1, 241):
            _, large = norm(256)
            loss, small = norm(16)
            optimizer.step()
            with torch.no_grad():
                accuracy = (model(vx).argmax(1) == vy).float().mean().item()
            out.writerow([step, *(f"{value:.6g}" for value in (loss, accuracy, large, small))])


def lightning():
    import lightning as L
    import torch
    from lightning.pytorch.loggers import CSVLogger

    L.seed_everything(1)
    x, y, vx, vy = (torch.tensor(array, dtype=torch.float32 if array.ndim == 2 else torch.long) for array in digits(400))

    class Classifier(L.LightningModule):
        def __init__(self):
            super().__init__()
            self.network = torch_network(64, 32, 10)

        def step(self, batch, name):
            inputs, labels = batch
            outputs = self.network(inputs)
            loss = torch.nn.functional.cross_entropy(outputs, labels)
            self.log(f"{name}_loss", loss)
            self.log(f"{name}_acc", (outputs.argmax(1) == labels).float().mean())
            return loss

        def training_step(self, batch, _):
            return self.step(batch, "train")

        def validation_step(self, batch, _):
            self.step(batch, "val")

        def configure_optimizers(self):
            return torch.optim.SGD(self.parameters(), lr=0.02, momentum=0.9)

    def loader(inputs, labels, size, shuffle):
        return torch.utils.data.DataLoader(torch.utils.data.TensorDataset(inputs, labels), size, shuffle)

    with tempfile.TemporaryDirectory() as folder:
        logger = CSVLogger(folder)
        trainer = L.Trainer(
            max_epochs=48, logger=logger, log_every_n_steps=10, enable_progress_bar=False, enable_checkpointing=False,
            accelerator="cpu",
        )
        trainer.fit(Classifier(), loader(x, y, 20, True), loader(vx, vy, 500, False))
        shorten(os.path.join(logger.log_dir, "metrics.csv"), "lightning-metrics.csv")


def tensorboard():
    """A run that SummaryWriter logged, read from its event file and written as TensorBoard's page exports it."""
    import torch
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    from torch.utils.tensorboard import SummaryWriter

    torch.manual_seed(1)
    x, y, vx, vy = (torch.tensor(array, dtype=torch.float32 if array.ndim == 2 else torch.long) for array in blobs())
    model = torch_network(2, 50, 3)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
    with tempfile.TemporaryDirectory() as folder:
        writer = SummaryWriter(folder)
        for epoch in range(1, 121):
            for rows in torch.randperm(len(x)).split(4):
                optimizer.zero_grad()
                torch.nn.functional.cross_entropy(model(x[rows]), y[rows]).backward()
                optimizer.step()
            with torch.no_grad():
                writer.add_scalar("val_accuracy", (model(vx).argmax(1) == vy).float().mean().item(), epoch)
        writer.close()
        events = EventAccumulator(folder)
        events.Reload()
        with open(place("tensorboard-val_accuracy.csv"), "w", newline="") as file:
            out = csv.writer(file)
            out.writerow(["Wall time", "Step", "Value"])
            for event in events.Scalars("val_accuracy"):
                out.writerow([f"{event.wall_time:.3f}", event.step, f"{event.value:.6g}"])


def wandb():
    """Two PyTorch runs in the columns of W&B's export of a panel."""
    import torch

    runs = {}
    x, y, vx, vy = (torch.tensor(array, dtype=torch.float32 if array.ndim == 2 else torch.long) for array in blobs())
    for name, size in (("golden-lake-1", 16), ("rural-sun-2", 500)):
        torch.manual_seed(1)
        model = torch_network(2, 50, 3)
        optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
        losses = []
        for _ in range(60):
            for rows in torch.randperm(len(x)).split(size):
                optimizer.zero_grad()
                torch.nn.functional.cross_entropy(model(x[rows]), y[rows]).backward()
                optimizer.step()
            with torch.no_grad():
                losses.append(torch.nn.functional.cross_entropy(model(vx), vy).item())
        runs[name] = losses
    with open(place("wandb-export.csv"), "w", newline="") as file:
        out = csv.writer(file, quoting=csv.QUOTE_ALL)
        out.writerow(["Step", *(f"{run} - val_loss{end}" for run in runs for end in ("", "__MIN", "__MAX"))])
        for step, losses in enumerate(zip(*runs.values())):
            out.writerow([step, *(f"{loss:.6g}" for loss in losses for _ in range(3))])


def hugging_face():
    import torch
    from transformers import Trainer, TrainingArguments

    torch.manual_seed(1)
    data = [torch.tensor(a, dtype=torch.float32 if a.ndim == 2 else torch.long) for a in digits(320)]

    class Rows(torch.utils.data.Dataset):
        def __init__(self, inputs, labels):
            self.rows = [{"inputs": x, "labels": y} for x, y in zip(inputs, labels)]

        def __len__(self):
            return len(self.rows)

        def __getitem__(self, index):
            return self.rows[index]

    class Classifier(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.network = torch_network(64, 24, 10)

        def forward(self, inputs, labels):
            logits = self.network(inputs)
            return {"loss": torch.nn.functional.cross_entropy(logits, labels), "logits": logits}

    def accuracy(prediction):
        return {"accuracy": float((prediction.predictions.argmax(1) == prediction.label_ids).mean())}

    with tempfile.TemporaryDirectory() as folder:
        trainer = Trainer(
            Classifier(),
            TrainingArguments(
                folder, num_train_epochs=44, per_device_train_batch_size=32, per_device_eval_batch_size=500,
                learning_rate=0.01, logging_strategy="epoch", eval_strategy="epoch", save_strategy="no", report_to=[],
                disable_tqdm=True, use_cpu=True, seed=1,
            ),
            train_dataset=Rows(*data[:2]),
            eval_dataset=Rows(*data[2:]),
            compute_metrics=accuracy,
        )
        trainer.train()
        state = os.path.join(folder, "trainer_state.json")
        trainer.state.save_to_json(state)
        with open(state) as file:
            content = json.load(file)
        keep = ("epoch", "step", "loss", "grad_norm", "learning_rate", "eval_loss", "eval_accuracy")
        content["log_history"] = [
            {key: float(f"{value:.6g}") if isinstance(value, float) else value for key, value in entry.items() if key in keep}
            for entry in content["log_history"]
        ]
        with open(place("hugging-face-trainer_state.json"), "w") as file:
            json.dump(content, file)


programs = {
    "keras": keras, "pytorch": pytorch, "lightning": lightning, "tensorboard": tensorboard, "wandb": wandb,
    "hugging-face": hugging_face,
}
for name in sys.argv[1:] or programs:
    programs[name]()
    print(name)
