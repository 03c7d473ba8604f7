/**
 * An experiment in PyTorch.
 */
import { batchRows, hiddenLayers, layerWidths, type ExperimentSpec } from '#experiment/spec.ts'

import { headLines } from './head.ts'
import { dataImport, dataLines, printLines } from './python.ts'

const activations = { relu: 'ReLU', tanh: 'Tanh', sigmoid: 'Sigmoid' } as const
const initializers = {
  heUniform: 'nn.init.kaiming_uniform_(layer.weight, nonlinearity="relu")',
  glorotUniform: 'nn.init.xavier_uniform_(layer.weight)',
} as const

/** The whole program. */
export function pytorchProgram(spec: ExperimentSpec, site: string): string {
  const { activation, initializer, learningRate, momentum, epochs, shuffle, seed } = spec
  const widths = layerWidths(spec)
  const hidden = hiddenLayers(spec).map(
    (units, index) => `    nn.Linear(${widths[index]}, ${units}), nn.${activations[activation]}(),\n`,
  )
  return `${headLines(spec, { site, comment: '#', more: ['seed'] })}import numpy as np
import torch
from torch import nn
${dataImport(spec)}

torch.manual_seed(${seed})
${dataLines(spec)}
train_x, train_y, test_x, test_y = map(torch.as_tensor, (train_x, train_y, test_x, test_y))

# The last layer gives scores; the loss turns them into probabilities by softmax.
model = nn.Sequential(
${hidden.join('')}    nn.Linear(${widths.at(-2)}, ${widths.at(-1)}),
)
for layer in model[:-1]:
    if isinstance(layer, nn.Linear):
        ${initializers[initializer]}
nn.init.xavier_uniform_(model[-1].weight)
for layer in model:
    if isinstance(layer, nn.Linear):
        nn.init.zeros_(layer.bias)

loss_of = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=${learningRate}, momentum=${momentum})
batches = torch.utils.data.DataLoader(
    torch.utils.data.TensorDataset(train_x, train_y), batch_size=${batchRows(spec)}, shuffle=${shuffle ? 'True' : 'False'}
)


@torch.no_grad()
def accuracy(x, y):
    return (model(x).argmax(1) == y).double().mean().item()


test_accuracies = []
for epoch in range(${epochs}):
    for batch_x, batch_y in batches:
        optimizer.zero_grad()
        loss_of(model(batch_x), batch_y).backward()
        optimizer.step()
    test_accuracies.append(accuracy(test_x, test_y))

train_accuracy = accuracy(train_x, train_y)
${printLines(spec)}`
}
