/**
 * The recipe "An optimizer", followed for Adagrad: Keras's rule, with its default start of 0.1.
 *
 * Source: Keras 3.15, `keras/src/optimizers/adagrad.py`.
 */
import type { Recipe } from './recipe.ts'

export const optimizerRecipe: Recipe = {
  title: 'An optimizer',
  most: 4,
  edits: [
    {
      file: 'worker/methods/optimizers.ts',
      changes: [
        {
          before: '} as const satisfies Record<string, Optimizer>',
          insert: `  // Keras's Adagrad has no momentum.
  adagrad: { kernelCode: 4, cost: 5, layerCalls: 14, usesMomentum: false },
`,
        },
        { before: '} as const satisfies Record<OptimizerName, string>', insert: "  adagrad: 'Adagrad',\n" },
      ],
    },
    {
      file: 'worker/training/fused/kernel/optimizer.ts',
      changes: [
        { after: 'const ADAM = 3\n', insert: 'const ADAGRAD = 4\n' },
        { replace: 'return code >= MOMENTUM && code <= ADAM\n', with: 'return code >= MOMENTUM && code <= ADAGRAD\n' },
        {
          before: '  } else if (state.optimizer == RMSPROP) {',
          insert: `  } else if (state.optimizer == ADAGRAD) {
    // The sum of squares starts at 0.1 in Keras; here at 0, and 0.1 is added where it is used.
    const start = f32x4.splat(0.1 + EPSILON)
    do {
      for (let at = block; at < block + parameters; at += VEC) {
        const g = flushTiny(v128.load(at + toGradient), least)
        const s = muladd(g, g, v128.load(at + toSquare))
        v128.store(at + toSquare, s)
        const keeps = at < block + weights ? decayed : one
        const step = f32x4.div(f32x4.mul(rate, g), f32x4.sqrt(f32x4.add(s, start)))
        v128.store(at, f32x4.sub(f32x4.mul(v128.load(at), keeps), step))
      }
      block += stride
    } while (block < end)
`,
        },
      ],
    },
    {
      file: 'worker/training/layers/optimizers.ts',
      changes: [
        {
          after:
            '  rmsprop: { create: (factory, { learningRate }) => factory.rmsprop(learningRate, 0.9, 0, epsilon) },\n',
          insert: '  adagrad: { create: (factory, { learningRate }) => factory.adagrad(learningRate, 0.1) },\n',
        },
      ],
    },
    {
      file: 'site/src/programs/optimizers.ts',
      changes: [
        {
          before: '} satisfies Record<OptimizerName, OptimizerText>',
          insert: `  adagrad: {
    keras: { name: 'Adagrad', settings: () => 'initial_accumulator_value=0.1, epsilon=1e-7' },
    pytorch: {
      written: {
        one: 'square',
        all: 'squares',
        why: "Adagrad by Keras's rule: ε is in the root. PyTorch's adds it to the root.",
        rule: () => \`square.addcmul_(parameter.grad, parameter.grad)
        parameter.addcdiv_(parameter.grad, (square + 0.1 + 1e-7).sqrt(), value=-rate)\`,
      },
    },
    tensorflowJs: {
      class: 'AdagradOptimizer',
      factory: 'adagrad',
      settings: ({ learningRate }) => \`\${learningRate}, 0.1\`,
      setRate: setLearningRate,
    },
  },
`,
        },
      ],
    },
    {
      file: 'test/support/reference-rules.ts',
      changes: [
        {
          after: '/ (Math.sqrt(squares[index]!) + epsilon)\n  },\n',
          insert: `  /** s ← s + g², from 0.1; w ← w − η g / √(s + ε). */
  adagrad: ({ squares }, index, gradient, { learningRate }) => {
    squares[index]! += gradient ** 2
    return -(learningRate * gradient) / Math.sqrt(squares[index]! + 0.1 + epsilon)
  },
`,
        },
        { after: '  adam: true,\n', insert: '  adagrad: true,\n' },
      ],
    },
  ],
  half: {
    without: 'worker/training/fused/kernel/optimizer.ts',
    test: 'test/unit/training/choices.test.ts',
    message: /unreachable/,
  },
  tests: [
    'test/unit/experiment/',
    'test/unit/training/choices.test.ts',
    'test/unit/training/fused/kernel.test.ts',
    'test/unit/training/fused/settings.test.ts',
    'test/unit/training/fused/fingerprints.test.ts',
    'test/unit/training/layers/',
    'test/unit/site/programs.test.ts',
    'test/unit/playground-view/',
    'test/unit/http/openapi.test.ts',
    'test/unit/rooms.test.ts',
  ],
}
