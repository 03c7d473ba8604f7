/**
 * The API guide's notebook: a sweep and learning curves from the API, as tables of pandas and figures of matplotlib.
 */
import { notebookText } from '../programs/notebook.ts'

/** The path of the notebook. */
export const apiNotebookPath = '/api.ipynb'

/** The query of the sweep, whose lists are the axes of its figure. */
const sweepQuery = 'batchSize=4,16,64,full&learningRate=0.001,0.01,0.1&epochs=100&seeds=5'

/** The text of the notebook. */
export function apiNotebook(origin: string): string {
  return notebookText([
    {
      id: 'introduction',
      type: 'markdown',
      text: `# Experiments from the API of Minibatch

How the batch size and the learning rate change the stability of training: from the tables of [the API](${origin}/api) to figures. The site trains the networks, and answers the same query with the same numbers each time.

It needs these packages: \`pip install pandas matplotlib\``,
    },
    {
      id: 'libraries',
      type: 'code',
      text: `import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

site = "${origin}"`,
    },
    {
      id: 'about-sweep',
      type: 'markdown',
      text: `## A sweep of two settings

Each row is an experiment with five seeds. Its columns are the settings that vary, and statistics over the seeds.`,
    },
    {
      id: 'sweep',
      type: 'code',
      text: `sweep = pd.read_csv(f"{site}/api/sweep.csv?${sweepQuery}", dtype={"batchSize": str})
print(sweep[["batchSize", "learningRate", "testAccuracyMean", "instabilityMean", "epochsTo80P50"]].to_string(index=False))`,
    },
    {
      id: 'about-map',
      type: 'markdown',
      text: `## A map of them

The instability says how much the test accuracy jumps from one epoch to the next at the end of the training. An empty cell has no instability, because all of its runs diverged.`,
    },
    {
      id: 'map',
      type: 'code',
      text: `# In the order of the query, which is that of the rows.
sizes, rates = sweep.batchSize.unique(), sweep.learningRate.unique()
quantities = {"instabilityMean": "instability", "testAccuracyMean": "test accuracy"}
figure, axes = plt.subplots(1, 2, figsize=(11, 4), layout="constrained")
for axis, (column, title) in zip(axes, quantities.items()):
    table = sweep.pivot(index="learningRate", columns="batchSize", values=column).loc[rates, sizes]
    image = axis.imshow(table, cmap="viridis", aspect="auto", origin="lower")
    middle = (np.nanmin(table) + np.nanmax(table)) / 2
    for row, column_number in np.ndindex(table.shape):
        value = table.iat[row, column_number]
        if np.isfinite(value):
            color = "white" if value < middle else "black"
            axis.text(column_number, row, f"{value:.3f}", ha="center", va="center", color=color)
    axis.set_xticks(range(len(sizes)), sizes)
    axis.set_yticks(range(len(rates)), rates)
    axis.set_xlabel("batch size")
    axis.set_ylabel("learning rate")
    axis.set_title(f"{title}, mean of 5 seeds")
    figure.colorbar(image, ax=axis)
plt.show()`,
    },
    {
      id: 'about-curves',
      type: 'markdown',
      text: `## Learning curves

One row for each seed and epoch. The line is the mean over the seeds, the band goes from their lowest to their highest value.`,
    },
    {
      id: 'curves',
      type: 'code',
      text: `figure, axis = plt.subplots(figsize=(8, 4), layout="constrained")
for size in ["4", "64", "full"]:
    history = pd.read_csv(f"{site}/api/experiments.csv?batchSize={size}&epochs=100&seeds=5")
    by_epoch = history.groupby("epoch").testAccuracy.agg(["mean", "min", "max"])
    axis.plot(by_epoch.index, by_epoch["mean"], label=f"batch size {size}")
    axis.fill_between(by_epoch.index, by_epoch["min"], by_epoch["max"], alpha=0.2)
axis.set_xlabel("epoch")
axis.set_ylabel("test accuracy")
axis.legend(loc="lower right")
plt.show()`,
    },
  ])
}
