/**
 * Generates the program of an experiment in PyTorch.
 *
 * If the library's optimizer follows another rule than Keras's, which is ours, the program says so and contains the
 * rule itself.
 */
import { averagedEpochs } from '#experiment/result/window.ts'
import { batchRows, hiddenLayers, layerWidths, type ExperimentSpec } from '#experiment/spec/spec.ts'
import { phasesOf } from '#experiment/spec/training-size.ts'

import { headLines } from './head.ts'
import { programTexts } from './optimizers.ts'
import { dataImports, dataLines, printLines, type ProgramSection } from './python.ts'
import { ratesOf, sinceWarmup } from './rates.ts'

const activations = { relu: 'ReLU', tanh: 'Tanh', sigmoid: 'Sigmoid' } as const
const initializers = {
  heUniform: 'nn.init.kaiming_uniform_(layer.weight, nonlinearity="relu")',
  glorotUniform: 'nn.init.xavier_uniform_(layer.weight)',
} as const

/** The complete program, in sections. */
export function pytorchSections(spec: ExperimentSpec, site: string): ProgramSection[] {
  const { activation, initializer, epochs, averaging, seed } = spec
  const widths = layerWidths(spec)
  const hidden = hiddenLayers(spec).map(
    (units, index) => `    nn.Linear(${widths[index]}, ${units}), nn.${activations[activation]}(),\n`,
  )
  const { evaluated, ...average } = averages[averaging](spec)
  const library = libraryOf(spec)
  const { setup, functions, step } = library ? libraryRule(spec, library) : writtenRule(spec)
  const { load, reload } = loaderLines(spec)
  // With `lastBatch=scaled`, the gradients of a smaller last batch are divided like those of the others, so it makes a
  // smaller step.
  const loss =
    spec.lastBatch === 'scaled'
      ? '(loss_of(model(batch_x), batch_y) * len(batch_x) / batches.batch_size)'
      : 'loss_of(model(batch_x), batch_y)'
  const isCounted = step.includes('update')
  const net = averaging === 'none' ? '' : 'net, '
  return [
    {
      title: 'Libraries',
      code: `${headLines(spec, { site, comment: '#', more: ['lastBatch', 'replacement', 'seed'] })}import numpy as np
import torch
from torch import nn
${average.imports}${dataImports(spec, site)}

`,
    },
    {
      title: 'Data',
      code: `torch.manual_seed(${seed})
${dataLines(spec, site)}
train_x, train_y, test_x, test_y = map(torch.as_tensor, (train_x, train_y, test_x, test_y))

`,
    },
    {
      title: 'Network and optimizer',
      code: `# The last layer gives scores; the loss turns them into probabilities by softmax.
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
${average.setup}
loss_of = nn.CrossEntropyLoss()
${setup}${load}${functions}

@torch.no_grad()
def accuracy(${net}x, y):
    return (${net ? 'net' : 'model'}(x).argmax(1) == y).double().mean().item()


`,
    },
    {
      title: 'Training',
      code: `test_accuracies = []
${isCounted ? 'update = 0\n' : ''}for epoch in range(${epochs}):
${reload}    for batch_x, batch_y in batches:
        ${library ? 'optimizer' : 'model'}.zero_grad()
        ${loss}.backward()
${step}${average.eachUpdate}${isCounted ? '        update += 1\n' : ''}${average.eachEpoch}    test_accuracies.append(accuracy(${evaluated}test_x, test_y))

`,
    },
    {
      title: 'Result',
      code: `train_accuracy = accuracy(${evaluated}train_x, train_y)
${printLines(spec)}`,
    },
  ]
}

/** The lines that split the rows into batches: once, or at the epochs at which the batch size changes. */
function loaderLines(spec: ExperimentSpec): { load: string; reload: string } {
  const order = spec.replacement
    ? 'sampler=torch.utils.data.RandomSampler(train_x, replacement=True)'
    : `shuffle=${spec.shuffle ? 'True' : 'False'}`
  const shuffle = `${order}${spec.lastBatch === 'dropped' ? ', drop_last=True' : ''}`
  const phases = phasesOf(spec)
  const data = 'torch.utils.data.TensorDataset(train_x, train_y)'
  if (phases.length === 1)
    return {
      load: `batches = torch.utils.data.DataLoader(
    ${data}, batch_size=${batchRows(spec)}, ${shuffle}
)
`,
      reload: '',
    }
  return {
    load: `train = ${data}
batch_sizes = {${phases.map(({ before, rows }) => `${before}: ${rows}`).join(', ')}}  # by the epoch, counted from 0, that they begin with
`,
    reload: `    if epoch in batch_sizes:
        batches = torch.utils.data.DataLoader(train, batch_size=batch_sizes[epoch], ${shuffle})
`,
  }
}

/**
 * The library's optimizer if its rule equals Keras's for the learning rates of a spec; otherwise the program contains
 * the rule.
 */
function libraryOf(spec: ExperimentSpec) {
  const { library } = programTexts(spec).pytorch
  return library?.holdsFor === 'any rate' || ratesOf(spec).isConstant ? library : undefined
}

interface Rule {
  /** The lines before the batches are made. */
  setup: string
  /** The functions that follow. */
  functions: string
  /** The update inside the loop. */
  step: string
}

/** The update by the library's optimizer, with what must be set before each update. */
function libraryRule(spec: ExperimentSpec, { call, eachUpdate = '' }: NonNullable<ReturnType<typeof libraryOf>>): Rule {
  const { learningRate, weightDecay } = spec
  const { isConstant } = ratesOf(spec)
  const group = isConstant && eachUpdate === '' ? '' : 'group = optimizer.param_groups[0]\n'
  const weights = 'weights = [parameter for parameter in model.parameters() if parameter.ndim > 1]\n'
  const setRate = '        group["lr"] = learning_rate(update)\n'
  const decay = `        # Weights decay, biases do not. PyTorch's own weight_decay would go by way of the gradient.
        with torch.no_grad():
            for weight in weights:
                weight.mul_(1 - ${weightDecay} * ${isConstant ? learningRate : 'group["lr"]'})
`
  const decays = weightDecay > 0
  return {
    setup: `optimizer = torch.optim.${call(spec)}\n${group}${decays ? weights : ''}`,
    functions: isConstant ? '' : rateLines(spec),
    step: `${isConstant ? '' : setRate}${eachUpdate}${decays ? decay : ''}        optimizer.step()\n`,
  }
}

/** The update written out by Keras's rule. */
function writtenRule(spec: ExperimentSpec): Rule {
  const { optimizer, momentum, learningRate, weightDecay } = spec
  const { isConstant } = ratesOf(spec)
  const { written } = programTexts(spec).pytorch
  if (!written) throw new Error(`${optimizer} has no rule written out for PyTorch, and the library's own does not hold`)
  const { one, all, why, rule } = written
  const decay = `        if parameter.ndim > 1:  # Weights decay, biases do not.
            parameter.mul_(1 - ${weightDecay} * rate)
`
  return {
    setup: `${all} = [torch.zeros_like(parameter) for parameter in model.parameters()]\n`,
    functions: `${isConstant ? '' : rateLines(spec)}

@torch.no_grad()
def step(rate):
    """${why}"""
    for parameter, ${one} in zip(model.parameters(), ${all}):
${weightDecay > 0 ? decay : ''}        ${rule(momentum)}
`,
    step: `        step(${isConstant ? learningRate : 'learning_rate(update)'})\n`,
  }
}

/** The function of a learning rate that is not constant. */
function rateLines(spec: ExperimentSpec): string {
  const rates = ratesOf(spec)
  const { rate, changes, warmup, curve, span } = rates
  const changed = changes.map(
    (change) => `    if update >= ${change.update}:  # after ${change.epoch} epochs
        rate = ${change.rate}
`,
  )
  const rising = `    if update < ${warmup}:
        return rate * (update + 1) / ${warmup}
`
  const share = `${sinceWarmup(rates)} / ${span}`
  const factor = { cosine: ` * 0.5 * (1 + np.cos(np.pi * ${share}))`, linear: ` * (1 - ${share})`, constant: '' }
  return `

def learning_rate(update):
    """The learning rate of an update, counted from 0."""
    rate = ${rate}
${changed.join('')}${warmup > 0 ? rising : ''}    return rate${factor[curve]}
`
}

interface Average {
  imports: string
  setup: string
  /** The lines after each update, and after each epoch. */
  eachUpdate: string
  eachEpoch: string
  /** The evaluated model, as the first argument. */
  evaluated: string
}

const averages: Record<ExperimentSpec['averaging'], (spec: ExperimentSpec) => Average> = {
  none: () => ({ imports: '', setup: '', eachUpdate: '', eachEpoch: '', evaluated: '' }),
  ema: () => ({
    imports: 'from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn\n',
    setup: `
# What is evaluated; it begins with the parameters after the first update.
average = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(0.99))
`,
    eachUpdate: '        average.update_parameters(model)\n',
    eachEpoch: '',
    evaluated: 'average, ',
  }),
  swa: (spec) => ({
    imports: 'from torch.optim.swa_utils import AveragedModel\n',
    setup: `
# The mean over the ends of the last ${averagedEpochs(spec)} epochs, evaluated as soon as there is one.
average = AveragedModel(model)
`,
    eachUpdate: '',
    eachEpoch: `    if epoch >= ${spec.epochs - averagedEpochs(spec)}:
        average.update_parameters(model)
    evaluated = average if epoch >= ${spec.epochs - averagedEpochs(spec)} else model
`,
    evaluated: 'evaluated, ',
  }),
}
