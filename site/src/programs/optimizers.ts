/**
 * The optimizers in the generated programs for Keras, PyTorch and TensorFlow.js: one object per name with each
 * library's call, and the code that must be added if a library's rule differs from Keras's, which is ours.
 */
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import type { OptimizerName } from '#methods/optimizers.ts'

type Settings = Pick<ExperimentSpec, 'learningRate' | 'momentum'>

/** An update rule written out in PyTorch, for each `parameter` with its gradient and the learning rate `rate`. */
interface WrittenRule {
  /** The name of the rule's state, for one parameter and for all. */
  one: string
  all: string
  /** Why the library's own optimizer does not suffice. */
  why: string
  rule: (momentum: number) => string
}

interface OptimizerText {
  keras: {
    /** The class name. */
    name: string
    /** Its arguments except for the learning rate. */
    settings: (momentum: number) => string
  }
  pytorch: {
    /**
     * The library's call, and when its rule equals Keras's: for any learning rate, or while it is constant; undefined
     * if never.
     */
    library?: { call: (settings: Settings) => string; holdsFor: 'any rate' | 'a constant rate'; eachUpdate?: string }
    /** The rule itself, for all other cases. */
    written?: WrittenRule
  }
  tensorflowJs: {
    /** The library's class, its factory in `tf.train`, and their arguments. */
    class: string
    factory: string
    settings: (settings: Settings) => string
    /** The lines that set `rate` before an update. */
    setRate: string
    /** The lines before each update, if the library's rule needs an adjustment. */
    eachUpdate?: string
  }
}

/** The momentum of PyTorch and TensorFlow.js accumulates gradients, while Keras's accumulates steps. */
const heldSteps =
  "By Keras's rule velocities are steps. PyTorch's are gradients, so a new rate would change old steps too."
const rescaleVelocities = `    // Keras's momentum holds steps; this one holds gradients, so that a new rate would change old steps too.
    for (const { variable } of this.accumulations) variable.assign(variable.mul(this.learningRate / rate))
    this.setLearningRate(rate)
`
const setLearningRate = '    this.learningRate = rate\n'

const texts = {
  sgd: {
    keras: { name: 'SGD', settings: (momentum) => `momentum=${momentum}` },
    pytorch: {
      library: {
        call: ({ learningRate, momentum }) => `SGD(model.parameters(), lr=${learningRate}, momentum=${momentum})`,
        holdsFor: 'a constant rate',
      },
      written: {
        one: 'velocity',
        all: 'velocities',
        why: heldSteps,
        rule: (momentum) => `velocity.mul_(${momentum}).add_(parameter.grad, alpha=-rate)
        parameter.add_(velocity)`,
      },
    },
    tensorflowJs: {
      class: 'MomentumOptimizer',
      factory: 'momentum',
      settings: ({ learningRate, momentum }) => `${learningRate}, ${momentum}`,
      setRate: rescaleVelocities,
    },
  },
  nesterov: {
    keras: { name: 'SGD', settings: (momentum) => `momentum=${momentum}, nesterov=True` },
    pytorch: {
      library: {
        // PyTorch rejects Nesterov momentum of 0, which has no effect.
        call: ({ learningRate, momentum }) =>
          `SGD(model.parameters(), lr=${learningRate}, momentum=${momentum}${momentum > 0 ? ', nesterov=True' : ''})`,
        holdsFor: 'a constant rate',
      },
      written: {
        one: 'velocity',
        all: 'velocities',
        why: heldSteps,
        rule: (momentum) => `velocity.mul_(${momentum}).add_(parameter.grad, alpha=-rate)
        parameter.add_(velocity, alpha=${momentum}).add_(parameter.grad, alpha=-rate)`,
      },
    },
    tensorflowJs: {
      class: 'MomentumOptimizer',
      factory: 'momentum',
      settings: ({ learningRate, momentum }) => `${learningRate}, ${momentum}, true`,
      setRate: rescaleVelocities,
    },
  },
  rmsprop: {
    keras: { name: 'RMSprop', settings: () => 'rho=0.9, epsilon=1e-7' },
    pytorch: {
      written: {
        one: 'square',
        all: 'squares',
        why: "RMSprop by Keras's rule: ε is in the root. PyTorch's adds it to the root.",
        rule: () => `square.mul_(0.9).addcmul_(parameter.grad, parameter.grad, value=0.1)
        parameter.addcdiv_(parameter.grad, (square + 1e-7).sqrt(), value=-rate)`,
      },
    },
    tensorflowJs: {
      class: 'RMSPropOptimizer',
      factory: 'rmsprop',
      settings: ({ learningRate }) => `${learningRate}, 0.9, 0, 1e-7`,
      setRate: setLearningRate,
    },
  },
  adam: {
    keras: { name: 'Adam', settings: (momentum) => `beta_1=${momentum}, beta_2=0.999, epsilon=1e-7` },
    pytorch: {
      library: {
        call: ({ learningRate, momentum }) =>
          `Adam(model.parameters(), lr=${learningRate}, betas=(${momentum}, 0.999), eps=1e-7)`,
        holdsFor: 'any rate',
        eachUpdate: `        # Keras adds ε before the correction for the start, PyTorch after it.
        group["eps"] = 1e-7 / (1 - 0.999 ** (update + 1)) ** 0.5
`,
      },
    },
    tensorflowJs: {
      class: 'AdamOptimizer',
      factory: 'adam',
      settings: ({ learningRate, momentum }) => `${learningRate}, ${momentum}, 0.999, 1e-7`,
      setRate: setLearningRate,
      eachUpdate: `    // Keras adds ε before the correction for the start, TensorFlow.js after it.
    this.epsilon = 1e-7 / Math.sqrt(1 - 0.999 ** (this.update + 1))
`,
    },
  },
} satisfies Record<OptimizerName, OptimizerText>

/** The program texts of an optimizer. */
export function programTexts({ optimizer }: Pick<ExperimentSpec, 'optimizer'>): OptimizerText {
  return texts[optimizer]
}
