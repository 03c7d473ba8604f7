/**
 * The glossary: the terms of the article, each defined once. The article links the first use of a term in each part to it
 * (glossary-links.ts), shows the definition there, and prints all of them at its end.
 */

interface Term {
  /** As it is written in the glossary. */
  name: string
  /** What the text may say for it: a regular expression of whole words. */
  forms: string
  definition: string
}

/** By the last part of their anchor, in the order of the alphabet. */
export const glossary = {
  accuracy: {
    name: 'accuracy',
    forms: 'accurac(?:y|ies)',
    definition: 'The share of examples whose class the network predicts correctly.',
  },
  batch: {
    name: 'batch',
    forms: 'batch(?:es)?(?! (?:size|gradient|norm))',
    definition: 'The examples that are used for one update.',
  },
  'batch-size': {
    name: 'batch size',
    forms: 'batch sizes?',
    definition: 'The number of examples that are used for one update.',
  },
  class: {
    name: 'class',
    forms: 'class(?:es)?',
    definition: 'A value that labels take; here, the cloud to which a point belongs.',
  },
  curvature: {
    name: 'curvature',
    forms: 'curvatures?',
    definition: 'How quickly the slope of the loss changes along a direction of the weights.',
  },
  drift: {
    name: 'drift',
    forms: 'drift(?:s|ing)?',
    definition:
      'How much a straight line through the test accuracies rises or falls over the last quarter of the epochs. A run whose drift is more than its jumps explain is still drifting.',
  },
  epoch: {
    name: 'epoch',
    forms: 'epochs?',
    definition: 'One pass over all the training examples.',
  },
  example: {
    name: 'example',
    forms: 'examples?',
    definition: 'One row of the data: its features, which are the inputs of the network, and its label.',
  },
  'fresh-accuracy': {
    name: 'fresh accuracy',
    forms: 'fresh accurac(?:y|ies)',
    definition: 'The accuracy of the final weights on many new examples from the same source.',
  },
  'full-batch': {
    name: 'full batch',
    forms: 'full[ -]batch',
    definition: 'A batch of all the training examples, so that the gradient is exact.',
  },
  gradient: {
    name: 'gradient',
    forms: 'gradients?(?! descent)',
    definition: 'For each weight, how much the loss rises if the weight is made a little larger.',
  },
  instability: {
    name: 'instability',
    forms: 'instabilit(?:y|ies)',
    definition:
      'How far the test accuracy typically jumps from one epoch to the next: the root mean square of these changes over the last quarter of the epochs, divided by √2.',
  },
  label: {
    name: 'label',
    forms: 'labels?',
    definition: 'The class that an example belongs to, which the network should predict.',
  },
  'learning-rate': {
    name: 'learning rate',
    forms: 'learning rates?',
    definition: 'The factor by which the gradient is multiplied in an update; it sets how far the weights move.',
  },
  loss: {
    name: 'loss',
    forms: 'loss(?:es)?',
    definition: 'A number that says how wrong the predictions are. Training makes it smaller.',
  },
  momentum: {
    name: 'momentum',
    forms: 'momentum',
    definition: 'The share of the last update that is added to the next one.',
  },
  'noise-scale': {
    name: 'noise scale',
    forms: 'noise scales?',
    definition: 'The batch size at which the error of the batch gradient is as large as the gradient.',
  },
  run: {
    name: 'run',
    forms: '(?:single|all|these|our) runs',
    definition: 'One training with one seed. An experiment has several.',
  },
  seed: {
    name: 'seed',
    forms: 'seeds?',
    definition: 'A number that determines everything random in a run: the first weights and the order of the examples.',
  },
  sharpness: {
    name: 'sharpness',
    forms: 'sharpness',
    definition:
      'The largest curvature of the training loss: the largest eigenvalue of its matrix of second derivatives.',
  },
  'standard-error': {
    name: 'standard error',
    forms: 'standard errors?',
    definition: 'How far a measured mean or share is typically off by chance.',
  },
  test: {
    name: 'test examples',
    forms: 'test (?:examples|points|half|accuracy)',
    definition: 'The examples that the network does not learn from, so that they show how good it is on new data.',
  },
  train: {
    name: 'training examples',
    forms: 'training (?:examples|points)',
    definition: 'The examples that the network learns from.',
  },
  update: {
    name: 'update',
    forms: 'updates?',
    definition: 'One change of the weights. Also called a step or an iteration.',
  },
  weights: {
    name: 'weights',
    forms: 'weights?',
    definition: 'The adjustable numbers of a network, which training changes. With the biases they are its parameters.',
  },
} as const satisfies Record<string, Term>

/** The anchor of a term. */
export function anchorOf(name: string): string {
  return `term-${name}`
}
