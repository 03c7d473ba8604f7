/**
 * The checklist: signs of a training's log, their likely cause, and what to try. Each sign has a rule that finds it, with
 * a threshold that is meant to miss something rather than to cry wolf, and that says the numbers by which it found it.
 * Each has an experiment of the playground that shows the sign; a test trains it and finds the sign in its log.
 */
import { decimal, percent } from '#charts/text/format.ts'

import { number } from './numbers-in-words.ts'
import { allOf, blowUpOf, isLong, isRough, isZigzag, placeOf, spikeOf, valueBefore, type LogEvidence } from './signs.ts'

/** A sign, its cause and its cures. */
export interface ChecklistRow {
  sign: string
  cause: string
  remedy: string
  /** The query of an experiment that shows it. */
  experiment: string
  /** Signs that follow from this one, and are not listed beside it. */
  explains?: readonly string[]
  /** The numbers by which a log shows it; undefined if it does not. */
  evidence: (evidence: LogEvidence) => string | undefined
}

/** The fall of a share from its best value to its level that is called a loss, and the same in instabilities. */
const lostShare = 0.1
const errorsOfLoss = 5
/** The part of its former value to which a training loss has fallen where a network overfits. */
const fallen = 0.7
/** A validation loss that rises by this part of its least value, beyond its instability, is turning up. */
const turnUp = 0.1
/** How many instabilities a difference must exceed. Two are a 95 % interval, and three are asked for. */
const errors = 3
/** The gap between the training and the validation accuracy from which a network has learned its examples by heart. */
const wideGap = 0.1
/** A training loss that ends above this part of its first value has not learned. */
const unlearned = 0.97

export const checklist = {
  diverged: {
    sign: 'A loss becomes nan or infinite',
    cause:
      'The updates are too long for the curvature of the loss: the learning rate is too high for these inputs, often since they are not scaled. A division by zero or a logarithm of zero in the loss does the same.',
    remedy:
      'Divide the learning rate by ten, scale the inputs, or warm up the learning rate. If it still happens, look at the batch of the last finite value.',
    experiment: 'batchSize=1&learningRate=0.1',
    explains: [
      'blownUp',
      'lostAgain',
      'nothingLearned',
      'zigzag',
      'rough',
      'tooFewUpdates',
      'overfits',
      'gap',
      'spikes',
      'flattering',
      'fewExamples',
    ],
    evidence: (evidence) => {
      const broken = allOf(evidence).find(({ divergedAt }) => divergedAt)
      if (!broken) return undefined
      const { last, divergedAt, series } = broken
      const before = last ? ` after ${number(last.value)} at ${placeOf(broken, last)}` : ''
      return `${series.name} is not finite from ${placeOf(broken, divergedAt!)} on${before}.`
    },
  },
  blownUp: {
    sign: 'A loss ends far above where it has been',
    cause: 'The updates are too long: the training reaches a good place and is thrown out of it.',
    remedy: 'Lower the learning rate, or let it fall; clip long gradients; scale the inputs.',
    experiment: 'dataset=moons&noise=0.1&batchSize=4&learningRate=0.3',
    explains: ['lostAgain', 'rough', 'flattering', 'overfits'],
    evidence: ({ trainLoss, validationLoss }) => blowUpOf(trainLoss, 'best') ?? blowUpOf(validationLoss, 'first'),
  },
  lostAgain: {
    sign: 'An accuracy is reached early and lost again',
    cause:
      'The updates are too long: one of them is enough to turn units off for good, and what is left of the network cannot get back.',
    remedy: 'Lower the learning rate, or warm it up; scale the inputs. Keep the parameters of the best epoch.',
    experiment: 'batchSize=4&learningRate=0.1',
    explains: ['rough', 'flattering'],
    evidence: ({ validation, train }) => {
      const { flattery, instability, best, level, series } = validation
      // Where the training accuracy stays, the network overfits.
      if (train?.series.isShare && (train.flattery ?? 1) < lostShare) return undefined
      if (!series.isShare || flattery === null || !best || !isLong(validation)) return undefined
      if (flattery < Math.max(lostShare, errorsOfLoss * (instability ?? 0))) return undefined
      return `${series.name} is ${number(best.value)} at ${placeOf(validation, best)}, and ${number(level)} in the last quarter.`
    },
  },
  nothingLearned: {
    sign: 'The training loss hardly falls',
    cause:
      'The updates are much too short, or so long that nothing is kept; units that are always zero, or labels that do not belong to their examples, look the same.',
    remedy:
      'Try learning rates by threes in both directions. Check that a handful of examples can be learned by heart: if not, the error is in the program.',
    experiment: 'learningRate=0.00001&batchSize=full&momentum=0&scaling=standard',
    evidence: ({ trainLoss }) => {
      const { level, first, best } = trainLoss ?? {}
      if (!trainLoss || !isLong(trainLoss) || typeof level !== 'number' || !first || !best) return undefined
      if (!(best.value > unlearned * first.value)) return undefined
      return `${trainLoss.series.name} begins at ${number(first.value)} and is never better than ${number(best.value)}.`
    },
  },
  zigzag: {
    sign: 'The curve goes up and down in turns',
    cause:
      'The updates are too long for the curvature in one direction: each of them crosses the valley to its other side. Gradient noise would not come in turns.',
    remedy: 'Lower the learning rate, or scale the inputs. A larger batch does not help.',
    experiment: 'batchSize=full&momentum=0&learningRate=0.1&epochs=100',
    evidence: ({ trainLoss, validation, train }) => {
      const zigzag = [trainLoss, train, validation].find((one) => one && isZigzag(one))
      if (!zigzag) return undefined
      return `Neighboring values of ${zigzag.series.name} in the last quarter are on opposite sides of its trend: their correlation is ${decimal(zigzag.neighborCorrelation, 2)}, where independent noise has about 0.`
    },
  },
  rough: {
    sign: 'The curve jitters around a level',
    cause:
      'Gradient noise that does not vanish, since the network cannot fit all its training examples: the smaller the batch and the longer the updates, the rougher. With a large batch, updates that are nearly too long.',
    remedy:
      'Let the learning rate fall towards the end, grow the batch, or average the weights of the last epochs. Scaled inputs calm it, too.',
    experiment: 'batchSize=4',
    evidence: ({ validation, trainLoss, train }) => {
      if (validation.drifting === 'better' || !isRough(validation)) return undefined
      const fitted = train?.series.isShare && typeof train.level === 'number' && train.level > 0.995
      if (fitted || (trainLoss && isZigzag(trainLoss)) || isZigzag(validation)) return undefined
      return `${validation.series.name} has an instability of ${number(validation.instability)} over the last ${validation.window} values, around ${number(validation.level)}.`
    },
  },
  tooFewUpdates: {
    sign: 'The curve is still getting better at its end',
    cause: 'Too few updates: the training was stopped before it was done.',
    remedy:
      'Train for more epochs; or take a smaller batch or a higher learning rate, which get further in the same epochs.',
    experiment: 'batchSize=full&learningRate=0.001&momentum=0&scaling=standard',
    evidence: ({ validation }) => {
      const { drift, drifting, instability, series, window, best } = validation
      if (drifting !== 'better' || !best || best.x < series.x[series.x.length - window]!) return undefined
      // A drift below half a percent of the metric's level is real, but nothing to train for.
      if (Math.abs(drift!) < 0.005 * Math.abs(validation.level!)) return undefined
      return `${series.name} moves by ${number(drift)} along the last ${window} values, more than its instability of ${number(instability)} explains.`
    },
  },
  overfits: {
    sign: 'The validation loss rises while the training loss falls',
    cause: 'The network fits what is special about its training examples, such as wrong labels.',
    remedy: 'Stop at the best epoch, take more or cleaner data, or regularize (weight decay, dropout, augmentation).',
    experiment: 'dataset=digits&labelNoise=0.3&hiddenUnits=64&batchSize=32',
    explains: ['flattering'],
    evidence: ({ validationLoss, trainLoss }) => {
      const { best, level, instability } = validationLoss ?? {}
      if (!validationLoss || !trainLoss || !best || typeof level !== 'number' || typeof trainLoss.level !== 'number')
        return undefined
      if (!isLong(validationLoss)) return undefined
      const beyond = Math.max(turnUp * Math.abs(best.value), errors * (instability ?? 0))
      const isTurning = level - best.value > beyond && validationLoss.drifting !== 'better'
      const trainThen = valueBefore(trainLoss, best.x)
      if (!isTurning || blowUpOf(validationLoss, 'first')) return undefined
      if (trainThen === undefined || trainLoss.level >= fallen * trainThen) return undefined
      return `${validationLoss.series.name} is ${number(best.value)} at ${placeOf(validationLoss, best)} and ${number(level)} in the last quarter, while ${trainLoss.series.name} falls from ${number(trainThen)} to ${number(trainLoss.level)}.`
    },
  },
  gap: {
    sign: 'The training accuracy is far above the validation accuracy',
    cause:
      'The network has learned its training examples by heart: they are too few, or the network is too large for them.',
    remedy:
      'More data is the surest remedy; regularization and augmentation come next. Check that both accuracies are measured alike.',
    experiment: 'dataset=digits&labelNoise=0.3&hiddenUnits=64&batchSize=32&scaling=standard',
    evidence: ({ validation, train }) => {
      if (!train || !validation.series.isShare || !train.series.isShare) return undefined
      if (typeof validation.level !== 'number' || typeof train.level !== 'number' || !isLong(validation))
        return undefined
      const gap = train.level - validation.level
      if (gap < Math.max(wideGap, errors * (validation.standardError ?? 0))) return undefined
      return `In the last quarter, ${train.series.name} is ${number(train.level)} and ${validation.series.name} ${number(validation.level)}: ${number(gap)} less.`
    },
  },
  spikes: {
    sign: 'Single spikes of the training loss',
    cause: 'Single batches with a long gradient, or updates that are nearly too long.',
    remedy: 'Clip the gradient, lower the learning rate, or warm it up. Look at the batch of the spike.',
    experiment: 'dataset=spirals&batchSize=4&learningRate=0.03&scaling=standard',
    evidence: ({ trainLoss }) => {
      const spike = trainLoss && spikeOf(trainLoss)
      if (!spike) return undefined
      return `${trainLoss.series.name} jumps from ${number(spike.from)} to ${number(spike.point.value)} at ${placeOf(trainLoss, spike.point)}, ${Math.round(spike.times)} times its typical change.`
    },
  },
  flattering: {
    sign: 'The best epoch is much better than the level of the curve',
    cause:
      'The best of many noisy values is partly luck. Choosing the epoch by the validation examples uses them up: they no longer measure the chosen network.',
    remedy:
      'Report the mean of the last quarter, or the accuracy of the chosen epoch on examples that chose nothing. Calm the curve, and the luck becomes small.',
    experiment: 'batchSize=1',
    evidence: ({ validation }) => {
      const { flattery, instability, best, series, drifting } = validation
      if (flattery === null || instability === null || !best || drifting) return undefined
      const beyond = Math.max(2 * instability, validation.standardError ?? 0)
      if (!(flattery > beyond) || !isRough(validation)) return undefined
      return `The best ${series.name} is ${number(best.value)} at ${placeOf(validation, best)}, better by ${number(flattery)} than the mean of the last quarter.`
    },
  },
  fewExamples: {
    sign: 'The validation set is too small for the differences in question',
    cause: 'An accuracy that is measured on few examples is uncertain, however calm its curve is.',
    remedy: 'Validate on more examples, or by cross-validation; compare two networks on the same examples, in pairs.',
    experiment: 'examples=150&batchSize=32',
    evidence: ({ validation }) => {
      const { standardError, level, series } = validation
      if (standardError === null || standardError < 0.02) return undefined
      return `${series.name} of ${number(level)} has a standard error of ${number(standardError)}, so a difference below ${number(2 * standardError)} between two networks may be chance.`
    },
  },
  passingGaps: {
    sign: 'Single values are nan or infinite',
    cause: 'Single batches overflow, as in half precision, or an empty batch is averaged.',
    remedy: 'Look at the batches of these values; with mixed precision, at the loss scale.',
    experiment: 'batchSize=1&learningRate=0.1',
    evidence: (evidence) => {
      const broken = allOf(evidence).find(({ gaps, divergedAt }) => gaps > 0 && !divergedAt)
      if (!broken) return undefined
      return `${broken.series.name} is not finite ${broken.gaps} of ${broken.count} times (${percent(broken.gaps / broken.count)}), and finite again later.`
    },
  },
} as const satisfies Readonly<Record<string, ChecklistRow>>

export type SignName = keyof typeof checklist

/** A sign that a log shows, with its numbers. */
export interface Finding {
  name: SignName
  evidence: string
}

/** The signs that a log shows, in the order of the checklist. */
export function diagnose(evidence: LogEvidence): Finding[] {
  const rows = Object.entries(checklist) as [SignName, ChecklistRow][]
  const findings = rows.flatMap(([name, row]): Finding[] => {
    const text = row.evidence(evidence)
    return text === undefined ? [] : [{ name, evidence: text }]
  })
  const explained = new Set(findings.flatMap(({ name }) => (checklist[name] as ChecklistRow).explains ?? []))
  return findings.filter(({ name }) => !explained.has(name))
}
