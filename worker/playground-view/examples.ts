/**
 * Example experiments, good and bad ones, each with a comment on what to look at. A test trains the runs again to verify
 * what the comments claim about 30 seeds.
 */

/** An example experiment. */
interface Start {
  /** The query of its permalink. */
  query: string
  title: string
  comment: string
}

export const examples: readonly Start[] = [
  { query: '', title: 'Mini-batch', comment: 'Sixteen updates an epoch: quickly good, and fairly calm.' },
  {
    query: 'batchSize=full',
    title: 'Full batch',
    comment: 'One update an epoch: calm, slow, and still learning at the end.',
  },
  {
    query: 'batchSize=1',
    title: 'One at a time',
    comment: 'Each example moves the network its own way: it never settles.',
  },
  {
    query: 'batchSize=1&learningRate=0.001',
    title: 'One at a time, small steps',
    comment: 'A tenth of the learning rate, and the same noise does no harm.',
  },
  {
    query: 'batchSize=450',
    title: 'The last 50 rows',
    comment: 'The rest of each epoch is a batch of its own, and undoes part of the large one.',
  },
  {
    query: 'batchSize=450&shuffle=false',
    title: 'The same, not shuffled',
    comment: 'Every epoch has the same two batches: far calmer.',
  },
  {
    query: 'batchSize=full&learningRate=0.1',
    title: 'Full batch, large steps',
    comment: 'An exact gradient bears ten times the learning rate, and is there in half of the epochs.',
  },
  {
    query: 'learningRate=1',
    title: 'Too large a step',
    comment: 'It jumps over everything, and learns hardly anything.',
  },
  {
    query: 'batchSize=1&learningRate=0.1',
    title: 'Too much of both',
    comment: 'The parameters grow without end: every run diverges.',
  },
  {
    query: 'hiddenUnits=2',
    title: 'Two hidden units',
    comment: 'Hardly enough to part three classes: slower, and some seeds never get to 0.8.',
  },
  {
    query: 'classes=10',
    title: 'Ten classes',
    comment: 'The clouds lie on top of each other: no run comes near 0.8, and none is calm.',
  },
  {
    query: 'dataset=moons',
    title: 'Two moons',
    comment: 'Hardly any noise in the data: nearly every point is learned.',
  },
]
