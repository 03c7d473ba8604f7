/**
 * An experiment in TensorFlow.js, as a module for Node or a browser.
 */
import { specQuery, withQuery } from '#experiment/permalink.ts'
import { batchRows, completeSpec, hiddenLayers, type ExperimentSpec } from '#experiment/spec.ts'
import { windowOf } from '#experiment/window.ts'

import { headLines } from './head.ts'

/** The whole program. The points come from the site, since JavaScript has no scikit-learn. */
export function tensorflowProgram(spec: ExperimentSpec, site: string): string {
  const { activation, initializer, classes, learningRate, momentum, epochs, shuffle } = spec
  const widths = hiddenLayers(spec).map((units) => ({ units, activation, kernelInitializer: initializer }))
  const layers = [...widths, { units: classes, kernelInitializer: 'glorotUniform' }].map((settings, index) => {
    const text = Object.entries(index === 0 ? { inputShape: [2], ...settings } : settings)
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
const { points, labels, trainExamples } = await answer.json()
const x = tf.tensor2d(points)
const y = tf.oneHot(tf.tensor1d(labels, 'int32'), ${classes}).toFloat()
const [trainX, testX] = tf.split(x, [trainExamples, points.length - trainExamples])
const [trainY, testY] = tf.split(y, [trainExamples, points.length - trainExamples])

// The last layer gives scores; the loss turns them into probabilities by softmax.
const layers = [
${layers.join('')}]
const model = tf.sequential({ layers })
model.compile({
  optimizer: tf.train.momentum(${learningRate}, ${momentum}),
  loss: (labels, scores) => tf.losses.softmaxCrossEntropy(labels, scores),
  metrics: ['accuracy'],
})
const { history } = await model.fit(trainX, trainY, {
  epochs: ${epochs},
  batchSize: ${batchRows(spec)},
  shuffle: ${shuffle},
  validationData: [testX, testY],
  yieldEvery: 'never',
  verbose: 0,
})

const testAccuracies = history.val_acc
const [, trainAccuracy] = model.evaluate(trainX, trainY)
const reached = testAccuracies.findIndex((accuracy) => accuracy >= 0.8)
console.log('train accuracy', trainAccuracy.dataSync()[0])
console.log('test accuracy', testAccuracies.at(-1))
console.log('first epoch at 0.80', reached < 0 ? 'not reached' : reached + 1)
${window > 0 ? instability : ''}`
}

/** Where the points of a spec are: a path that names the dataset's settings alone. */
function datasetPath({ dataset, examples, classes, noise, datasetSeed, trainFraction }: ExperimentSpec): string {
  const data = completeSpec({ dataset, examples, classes, noise, datasetSeed, trainFraction })
  return withQuery('/api/dataset', specQuery(data))
}
