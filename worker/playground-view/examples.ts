/**
 * Example experiments, good and bad ones, each with a comment on what to look at. A test trains the runs again to verify
 * what the comments claim about 30 seeds.
 */

/** An example experiment. */
export interface Start {
  /** The query of its permalink. */
  query: string
  title: string
  comment: string
  /**
   * The test accuracy of its first run, as a small picture: a digit in base 36 for each of `curvePoints` epochs, evenly
   * spaced, from 0.25 to 0.95; a dash from where the run diverged.
   */
  curve: string
}

/** The number of points of an example's curve. */
const curvePoints = 48
/** The number of steps between the accuracies at the lower and the upper edge. */
export const curveSteps = 35
const edges = [0.25, 0.95] as const

/** The curve of an example, by the test accuracies of its first run. */
export function curveOf(accuracies: readonly (number | null)[]): string {
  if (accuracies.length === 0) return ''
  return Array.from({ length: curvePoints }, (_, index) => {
    const value = accuracies[Math.round((index * (accuracies.length - 1)) / (curvePoints - 1))] ?? null
    if (value === null) return '-'
    const share = Math.min(1, Math.max(0, (value - edges[0]) / (edges[1] - edges[0])))
    return Math.round(share * curveSteps).toString(36)
  }).join('')
}

export const examples: readonly Start[] = [
  {
    query: '',
    title: 'Mini-batch',
    comment: 'Sixteen updates an epoch: quickly good, and fairly calm.',
    curve: 'ljsrstttuttutttstttttttststsrttsttttsttttttttstt',
  },
  {
    query: 'batchSize=full',
    title: 'Full batch',
    comment: 'One update an epoch: calm, slow, and still learning at the end.',
    curve: '6igdeemmlopnonpooonnpponqppqsstttttttttttttttttt',
  },
  {
    query: 'batchSize=1',
    title: 'One at a time',
    comment: 'Each example moves the network its own way: it never settles.',
    curve: 'biifjkhmnkigikebibhgfjfedebmmgfefkeemlegimbfigdj',
  },
  {
    query: 'batchSize=1&learningRate=0.001',
    title: 'One at a time, small steps',
    comment: 'A tenth of the learning rate, and the same noise does no harm.',
    curve: 'mstststtttsttttttttsttttsttstttstrsttsttttrttttt',
  },
  {
    query: 'batchSize=450',
    title: 'The last 50 rows',
    comment: 'The rest of each epoch is a batch of its own, and undoes part of the large one.',
    curve: 'bakilnnmpssrprtrrsqttttostsqsqsutsrssttsutttrtrp',
  },
  {
    query: 'batchSize=450&shuffle=false',
    title: 'The same, not shuffled',
    comment: 'Every epoch has the same two batches: far calmer.',
    curve: 'ajkkdmppsssttssttttttttttttttttttttttttttttttttt',
  },
  {
    query: 'batchSize=full&learningRate=0.1',
    title: 'Full batch, large steps',
    comment: 'An exact gradient bears ten times the learning rate, and is there in half of the epochs.',
    curve: '7na7bjjjklmrrtttttuttttttttttttttttttttttttttttt',
  },
  {
    query: 'learningRate=1',
    title: 'Too large a step',
    comment: 'It jumps over everything, and learns hardly anything.',
    curve: 'd59888858885858888888888888588888888888888885888',
  },
  {
    query: 'batchSize=1&learningRate=0.1',
    title: 'Too much of both',
    comment: 'The parameters grow without end: every run diverges.',
    curve: '89----------------------------------------------',
  },
  {
    query: 'hiddenUnits=2',
    title: 'Two hidden units',
    comment: 'Hardly enough to part three classes: slower, and some seeds never get to 0.8.',
    curve: 'dssttttttsttttsstttttttttttttttttttttttttttttttt',
  },
  {
    query: 'classes=10',
    title: 'Ten classes',
    comment: 'The clouds lie on top of each other: no run comes near 0.8, and none is calm.',
    curve: 'bcbdkhjlklkmklkkllkmmllmjllmlllmmlmmmlllllkllkmm',
  },
  {
    query: 'dataset=moons',
    title: 'Two moons',
    comment: 'Hardly any noise in the data: nearly every point is learned.',
    curve: 'svvvwwwwwxxyyyyyyzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz',
  },
]
