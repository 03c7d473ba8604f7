/** Generates the program of an experiment in TensorFlow.js, as a module for Node or a browser. */
import { datasetFields } from '#datasets/generator.ts'
import { averagedEpochs, windowOf } from '#experiment/result/window.ts'
import { inputCount } from '#experiment/spec/hidden-layers.ts'
import { specQuery, withQuery } from '#experiment/spec/permalink.ts'
import { batchRows, completeSpec, defaultSpec, hiddenLayers, type ExperimentSpec } from '#experiment/spec/spec.ts'
import { phasesOf } from '#experiment/spec/training-size.ts'

import { headLines } from './head.ts'
import { programTexts } from './optimizers.ts'
import { ratesOf, sinceWarmup } from './rates.ts'

/** The complete program. It fetches the points from the site, since JavaScript has no scikit-learn. */
export function tensorflowProgram(spec: ExperimentSpec, site: string): string {
  const { activation, initializer, classes } = spec
  const optimizer = programTexts(spec).tensorflowJs
  const widths = hiddenLayers(spec).map((units) => ({ units, activation, kernelInitializer: initializer }))
  const layers = [...widths, { units: classes, kernelInitializer: 'glorotUniform' }].map((settings, index) => {
    const text = Object.entries(index === 0 ? { inputShape: [inputCount(spec)], ...settings } : settings)
      .map(([name, value]) => `${name}: ${typeof value === 'string' ? `'${value}'` : JSON.stringify(value)}`)
      .join(', ')
    return `  tf.layers.dense({ ${text} }),\n`
  })
  const window = windowOf(spec)
  const instability = `const last = testAccuracies.slice(-${window})
const changes = last.slice(1).map((accuracy, epoch) => accuracy - last[epoch])
const meanSquare = changes.reduce((sum, change) => sum + change ** 2, 0) / changes.length
console.log('instability', Math.sqrt(meanSquare / 2))
`
  return `${headLines(spec, { site, comment: '//' })}import * as tf from '@tensorflow/tfjs'

const answer = await fetch('${new URL(datasetPath(spec), site).href}')
const { ${pointsKey(spec)}, labels, trainExamples } = await answer.json()
const x = tf.tensor2d(points)
const y = tf.oneHot(tf.tensor1d(labels, 'int32'), ${classes}).toFloat()
const [trainX, testX] = tf.split(x, [trainExamples, points.length - trainExamples])
const [trainY, testY] = tf.split(y, [trainExamples, points.length - trainExamples])

// The last layer gives scores; the loss turns them into probabilities by softmax.
const layers = [
${layers.join('')}]
const model = tf.sequential({ layers })
${rateLines(spec)}${optimizerLines(spec)}model.compile({
  optimizer: ${hasOwnClass(spec) ? 'new KerasOptimizer' : `tf.train.${optimizer.factory}`}(${optimizer.settings(spec)}),
  loss: (labels, scores) => tf.losses.softmaxCrossEntropy(labels, scores),
  metrics: ['accuracy'],
})
${fitLines(spec)}const [, trainAccuracy] = model.evaluate(trainX, trainY)
const reached = testAccuracies.findIndex((accuracy) => accuracy >= 0.8)
console.log('train accuracy', trainAccuracy.dataSync()[0])
console.log('test accuracy', testAccuracies.at(-1))
console.log('first epoch at 0.80', reached < 0 ? 'not reached' : reached + 1)
${window > 0 ? instability : ''}`
}

/**
 * Whether the program needs its own optimizer class, because something must be done at each update that the library's
 * does not do.
 */
function hasOwnClass(spec: ExperimentSpec): boolean {
  const { weightDecay, averaging } = spec
  const { eachUpdate } = programTexts(spec).tensorflowJs
  return eachUpdate !== undefined || weightDecay > 0 || averaging === 'ema' || !ratesOf(spec).isConstant
}

/** The class of an optimizer that extends the library's, and the average that it maintains. */
function optimizerLines(spec: ExperimentSpec): string {
  const { learningRate, weightDecay, averaging } = spec
  const { setRate, eachUpdate = '', ...optimizer } = programTexts(spec).tensorflowJs
  if (!hasOwnClass(spec)) return ''
  const { isConstant } = ratesOf(spec)
  const rate = isConstant ? String(learningRate) : 'rate'
  const decay = `    // Weights decay, biases do not, and the step does not hold it.
    for (const weights of model.trainableWeights)
      if (weights.shape.length > 1) weights.write(weights.read().mul(1 - ${weightDecay} * ${rate}))
`
  const average = `    const parameters = model.getWeights()
    if (this.update === 0) average = parameters.map((values) => tf.variable(values, false))
    else average.forEach((mean, index) => mean.assign(mean.mul(0.99).add(parameters[index].mul(0.01))))
`
  const isEma = averaging === 'ema'
  return `
${isEma ? '// What is evaluated; it begins with the parameters after the first update.\nlet average\n\n' : ''}class KerasOptimizer extends tf.${optimizer.class} {
  update = 0

  applyGradients(gradients) {
${isConstant ? '' : `    const rate = learningRate(this.update)\n${setRate}`}${eachUpdate}${weightDecay > 0 ? decay : ''}    super.applyGradients(gradients)
${isEma ? average : ''}    this.update++
  }
}

`
}

/** The function of a learning rate that is not constant. */
function rateLines(spec: ExperimentSpec): string {
  const rates = ratesOf(spec)
  if (rates.isConstant) return ''
  const { rate, changes, warmup, curve, span } = rates
  const changed = changes.map(
    (change) => `  if (update >= ${change.update}) rate = ${change.rate} // after ${change.epoch} epochs\n`,
  )
  const share = `${sinceWarmup(rates)} / ${span}`
  const factor = { cosine: ` * 0.5 * (1 + Math.cos(Math.PI * ${share}))`, linear: ` * (1 - ${share})`, constant: '' }
  return `
/** The learning rate of an update, counted from 0. */
function learningRate(update) {
  ${changes.length ? 'let' : 'const'} rate = ${rate}
${changed.join('')}${warmup > 0 ? `  if (update < ${warmup}) return (rate * (update + 1)) / ${warmup}\n` : ''}  return rate${factor[curve]}
}
`
}

/** The lines that train, up to `testAccuracies`: with one `fit`, one per batch size, or one per epoch. */
function fitLines(spec: ExperimentSpec): string {
  const { epochs, shuffle, averaging } = spec
  const phases = phasesOf(spec)
  const settings = `shuffle: ${shuffle},
  validationData: [testX, testY],
  yieldEvery: 'never',
  verbose: 0,
`
  if (averaging !== 'none') return averageLines(spec)
  if (phases.length === 1)
    return `const { history } = await model.fit(trainX, trainY, {
  epochs: ${epochs},
  batchSize: ${batchRows(spec)},
  ${settings}})

const testAccuracies = history.val_acc
`
  const ends = phases.map(({ before, epochs: own, rows }) => `[${before}, ${before + own}, ${rows}]`)
  return `const testAccuracies = []
// From which epoch to which, in batches of how many rows.
for (const [initialEpoch, epochs, batchSize] of [${ends.join(', ')}]) {
  const { history } = await model.fit(trainX, trainY, {
    initialEpoch,
    epochs,
    batchSize,
    ${settings.replaceAll('\n  ', '\n    ')}  })
  testAccuracies.push(...history.val_acc)
}

`
}

/** The lines that train with an average, which is evaluated in place of the parameters after each epoch. */
function averageLines(spec: ExperimentSpec): string {
  const { epochs, shuffle, averaging } = spec
  const phases = phasesOf(spec)
  const [first, ...later] = phases
  const size = later.reduce((text, { before, rows }) => `epoch >= ${before} ? ${rows} : ${text}`, String(first!.rows))
  const from = epochs - averagedEpochs(spec)
  const swa = `  if (epoch >= ${from}) {
    const count = epoch - ${from} + 1
    average ??= parameters
    average = average.map((mean, index) => mean.add(parameters[index].sub(mean).div(count)))
  }
`
  const isSwa = averaging === 'swa'
  return `const testAccuracies = []
${isSwa ? `let average // Of the parameters at the ends of the last ${averagedEpochs(spec)} epochs.\n` : ''}for (let epoch = 0; epoch < ${epochs}; epoch++) {
  const batchSize = ${size}
  await model.fit(trainX, trainY, { epochs: 1, batchSize, shuffle: ${shuffle}, yieldEvery: 'never', verbose: 0 })
  const parameters = model.getWeights().map((values) => values.clone())
${isSwa ? swa : ''}  // The average is evaluated; training goes on without it.
  model.setWeights(${isSwa ? 'average ?? parameters' : 'average'})
  const [, accuracy] = model.evaluate(testX, testY)
  testAccuracies.push(accuracy.dataSync()[0])
  if (epoch < ${epochs - 1}) model.setWeights(parameters)
}

`
}

/** The network's inputs in the answer: the points themselves, unless they are scaled or other features are chosen. */
function pointsKey({ scaling, features }: ExperimentSpec): string {
  return scaling === 'none' && features === defaultSpec().features ? 'points' : 'inputs: points'
}

/** The path of a spec's points, which contains only the dataset's settings. */
function datasetPath(spec: ExperimentSpec): string {
  const given = Object.fromEntries(datasetFields.map((field) => [field, spec[field]]))
  return withQuery('/api/dataset', specQuery(completeSpec(given)))
}
