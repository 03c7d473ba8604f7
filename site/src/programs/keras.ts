/**
 * An experiment in Keras.
 */
import { batchRows, hiddenLayers, type ExperimentSpec } from '#experiment/spec.ts'

import { headLines } from './head.ts'
import { dataImport, dataLines, printLines } from './python.ts'

const initializers = { heUniform: 'he_uniform', glorotUniform: 'glorot_uniform' } as const

/** The whole program. */
export function kerasProgram(spec: ExperimentSpec, site: string): string {
  const { activation, initializer, classes, learningRate, momentum, epochs, shuffle, seed } = spec
  const hidden = hiddenLayers(spec).map(
    (units) =>
      `    keras.layers.Dense(${units}, activation="${activation}", kernel_initializer="${initializers[initializer]}"),\n`,
  )
  return `${headLines(spec, { site, comment: '#', more: ['seed'] })}import keras
import numpy as np
${dataImport(spec)}

keras.utils.set_random_seed(${seed})
${dataLines(spec)}

# The last layer gives scores; the loss turns them into probabilities by softmax.
model = keras.Sequential([
    keras.Input((2,)),
${hidden.join('')}    keras.layers.Dense(${classes}, kernel_initializer="glorot_uniform"),
])
model.compile(
    optimizer=keras.optimizers.SGD(learning_rate=${learningRate}, momentum=${momentum}),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
history = model.fit(
    train_x, train_y,
    epochs=${epochs}, batch_size=${batchRows(spec)}, shuffle=${shuffle ? 'True' : 'False'},
    validation_data=(test_x, test_y), verbose=0,
)

test_accuracies = history.history["val_accuracy"]
_, train_accuracy = model.evaluate(train_x, train_y, verbose=0)
${printLines(spec)}`
}
