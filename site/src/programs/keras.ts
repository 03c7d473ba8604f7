/** Generates the program of an experiment in Keras. */
import { averagedEpochs } from '#experiment/result/window.ts'
import { inputCount } from '#experiment/spec/hidden-layers.ts'
import { batchRows, hiddenLayers, trainRows, type ExperimentSpec } from '#experiment/spec/spec.ts'
import { phasesOf } from '#experiment/spec/training-size.ts'

import { headLines } from './head.ts'
import { programTexts } from './optimizers.ts'
import { dataImports, dataLines, printLines, type ProgramSection } from './python.ts'
import { ratesOf, sinceWarmup } from './rates.ts'

const initializers = { heUniform: 'he_uniform', glorotUniform: 'glorot_uniform' } as const

/** The complete program, in sections. */
export function kerasSections(spec: ExperimentSpec, site: string): ProgramSection[] {
  const { activation, initializer, classes, seed, weightDecay } = spec
  const hidden = hiddenLayers(spec).map(
    (units) =>
      `    keras.layers.Dense(${units}, activation="${activation}", kernel_initializer="${initializers[initializer]}"),\n`,
  )
  const { name, settings } = optimizerOf(spec)
  const decay = `optimizer = keras.optimizers.${name}(
    ${settings.join(', ')},
    weight_decay=${weightDecay},
)
optimizer.exclude_from_weight_decay(var_names=["bias"])
`
  return [
    {
      title: 'Libraries',
      code: `${headLines(spec, { site, comment: '#', more: ['lastBatch', 'replacement', 'seed'] })}import keras
import numpy as np
${hasDataset(spec) ? 'import tensorflow as tf\n' : ''}${dataImports(spec, site)}

`,
    },
    {
      title: 'Data',
      code: `keras.utils.set_random_seed(${seed})
${dataLines(spec, site)}

`,
    },
    {
      title: 'Network and optimizer',
      code: `# The last layer gives scores; the loss turns them into probabilities by softmax.
model = keras.Sequential([
    keras.Input((${inputCount(spec)},)),
${hidden.join('')}    keras.layers.Dense(${classes}, kernel_initializer="glorot_uniform"),
])
${rateLines(spec)}${weightDecay > 0 ? decay : ''}model.compile(
    optimizer=${weightDecay > 0 ? 'optimizer' : `keras.optimizers.${name}(${settings.join(', ')})`},
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
`,
    },
    { title: 'Training', code: `${averageLines[spec.averaging](spec)}${fitLines(spec)}\n` },
    {
      title: 'Result',
      code: `_, train_accuracy = model.evaluate(train_x, train_y, verbose=0)
${printLines(spec)}`,
    },
  ]
}

/** The optimizer: its class, and its arguments except for weight decay. */
function optimizerOf(spec: ExperimentSpec): { name: string; settings: string[] } {
  const { momentum, averaging } = spec
  const { name, settings } = programTexts(spec).keras
  const average = averaging === 'ema' ? ['use_ema=True, ema_momentum=0.99'] : []
  return { name, settings: [`learning_rate=${rateOf(spec)}`, settings(momentum), ...average] }
}

/** The learning rate as an expression: a number, a schedule of Keras, or the program's own class. */
function rateOf(spec: ExperimentSpec): string {
  const { isConstant, rate, curve, warmup, span } = ratesOf(spec)
  if (isConstant) return String(rate)
  const ofKeras = {
    constant: undefined,
    cosine: `CosineDecay(${rate}, ${span})`,
    linear: `PolynomialDecay(${rate}, ${span}, end_learning_rate=0.0)`,
  }[curve]
  return warmup === 0 && ofKeras ? `keras.optimizers.schedules.${ofKeras}` : 'LearningRate()'
}

/** The class of a schedule that Keras does not provide. */
function rateLines(spec: ExperimentSpec): string {
  if (rateOf(spec) !== 'LearningRate()') return ''
  const rates = ratesOf(spec)
  const { rate, changes, warmup, curve, span } = rates
  const share = `${sinceWarmup(rates)} / ${span}`
  const changed = changes.map(
    (change) =>
      `        rate = keras.ops.where(update < ${change.update}, rate, ${change.rate})  # after ${change.epoch} epochs\n`,
  )
  const later = {
    cosine: `        later = 0.5 * (1 + keras.ops.cos(np.pi * ${share}))\n`,
    linear: `        later = 1 - ${share}\n`,
    constant: '',
  }[curve]
  const factor =
    warmup > 0
      ? ` * keras.ops.where(update < ${warmup}, (update + 1) / ${warmup}, ${curve === 'constant' ? '1.0' : 'later'})`
      : ''
  return `

class LearningRate(keras.optimizers.schedules.LearningRateSchedule):
    """The learning rate of an update, counted from 0."""

    def __call__(self, update):
        update = keras.ops.cast(update, "float32")
        rate = ${rate}
${changed.join('')}${later}        return rate${factor}


`
}

/**
 * Callbacks that evaluate an average: it replaces the weights before Keras evaluates, and they are restored afterwards.
 */
const averageLines: Record<ExperimentSpec['averaging'], (spec: ExperimentSpec) => string> = {
  none: () => '',
  ema: (spec) => `

class Average(keras.callbacks.Callback):
    """Evaluates the optimizer's average in place of the weights; training goes on with the weights."""

    def on_test_begin(self, logs=None):
        self.weights = self.model.get_weights()
        self.model.optimizer.finalize_variable_values(self.model.trainable_variables)

    def on_test_end(self, logs=None):
        self.model.set_weights(self.weights)
${
  phasesOf(spec).length > 1
    ? `
    def on_train_end(self, logs=None):
        # Each fit ends with the average; the next one goes on without it.
        self.model.set_weights(self.weights)
`
    : ''
}

average = Average()
`,
  swa: (spec) => `

class Average(keras.callbacks.Callback):
    """Evaluates the mean of the weights at the ends of the last ${averagedEpochs(spec)} epochs in place of the weights.

    Training goes on with the weights.
    """

    count = 0

    def on_epoch_begin(self, epoch, logs=None):
        self.epoch = epoch

    def on_test_begin(self, logs=None):
        self.weights = self.model.get_weights()
        if self.epoch < ${spec.epochs - averagedEpochs(spec)}:
            return
        self.count += 1
        before = self.mean if self.count > 1 else self.weights
        self.mean = [mean + (weight - mean) / self.count for mean, weight in zip(before, self.weights)]
        self.model.set_weights(self.mean)

    def on_test_end(self, logs=None):
        self.model.set_weights(self.weights)


average = Average()
`,
}

/**
 * Whether a `tf.data` dataset must shuffle the rows. `fit` cannot: with a seed, Keras 3.15 on TensorFlow 2.21 uses the
 * same order in every epoch. The batches then repeat, and the training enters a cycle and looks calm although it is
 * not.
 */
function hasDataset(spec: ExperimentSpec): boolean {
  const { shuffle, replacement, lastBatch } = spec
  // The order has no effect if all rows are in one batch.
  const hasOrder = shuffle && phasesOf(spec).some(({ rows }) => rows < trainRows(spec))
  return hasOrder || replacement || lastBatch !== 'kept'
}

/** The lines of a dataset with the rows of an epoch. */
function rowLines({ shuffle, replacement }: ExperimentSpec): string {
  if (replacement)
    return `# Each row of an epoch is drawn from all of them, others in each epoch.
draws = tf.data.Dataset.random(rerandomize_each_iteration=True).take(len(train_x)).map(lambda draw: draw % len(train_x))
rows = draws.map(lambda draw: (tf.gather(train_x, draw), tf.gather(train_y, draw)))
`
  const rows = 'rows = tf.data.Dataset.from_tensor_slices((train_x, train_y))'
  if (!shuffle) return `${rows}\n`
  return `# A new order for each epoch. By fit's own shuffle all epochs have the same one, since the seed is set.
${rows}.shuffle(len(train_x))
`
}

/** The batches of that dataset, as an expression. */
function batchesOf({ lastBatch }: ExperimentSpec, size: string): string {
  if (lastBatch === 'dropped') return `rows.batch(batch_size=${size}, drop_remainder=True)`
  if (lastBatch === 'scaled') return `rows.batch(batch_size=${size}).map(lambda x, y: weighted(x, y, ${size}))`
  return `rows.batch(batch_size=${size})`
}

const weightLines = `

def weighted(x, y, batch_size):
    """A smaller last batch has a smaller step: its rows weigh as those of the others."""
    return x, y, tf.fill(tf.shape(y), tf.cast(tf.shape(y)[0], "float32") / batch_size)


`

/**
 * The lines that train, up to `test_accuracies`: one `fit` per batch size, and the parameters that are evaluated at the
 * end.
 */
function fitLines(spec: ExperimentSpec): string {
  const { epochs, shuffle, averaging } = spec
  const phases = phasesOf(spec)
  const callbacks = averaging === 'none' ? '' : ' callbacks=[average],'
  const dataset = `${rowLines(spec)}${spec.lastBatch === 'scaled' ? weightLines : ''}`
  const [data, rest] = hasDataset(spec)
    ? [(size: string) => `${batchesOf(spec, size)},`, () => '']
    : [() => 'train_x, train_y,', (size: string) => ` batch_size=${size}, shuffle=${shuffle ? 'True' : 'False'},`]
  const last = {
    none: '',
    // A single `fit` ends with the average itself.
    ema: phases.length > 1 ? '\nmodel.optimizer.finalize_variable_values(model.trainable_variables)' : '',
    swa: '\nmodel.set_weights(average.mean)',
  }[averaging]
  const one = String(batchRows(spec))
  const ends = phases.map(({ before, epochs: own, rows }) => `(${before}, ${before + own}, ${rows})`)
  const fit =
    phases.length === 1
      ? `history = model.fit(
    ${data(one)}
    epochs=${epochs},${rest(one)}
    validation_data=(test_x, test_y),${callbacks} verbose=0,
)

test_accuracies = history.history["val_accuracy"]${last}`
      : `test_accuracies = []
for first, last, batch_size in [${ends.join(', ')}]:
    history = model.fit(
        ${data('batch_size')}
        initial_epoch=first, epochs=last,${rest('batch_size')}
        validation_data=(test_x, test_y),${callbacks} verbose=0,
    )
    test_accuracies += history.history["val_accuracy"]
${last}`
  return `${hasDataset(spec) ? dataset : ''}${fit}`
}
