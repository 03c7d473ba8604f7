/**
 * Generates an experiment as programs for other libraries. Their results follow the same distribution but not the same
 * bits, because each library has its own random numbers. Every program is complete: it makes the data, trains one run,
 * and prints what a report shows.
 */
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import type { Program } from '#playground-view/device.ts'

import { kerasProgram } from './keras.ts'
import { pytorchProgram } from './pytorch.ts'
import { tensorflowProgram } from './tensorflow-js.ts'

/**
 * The programs of a spec's first run.
 *
 * @param site the address of the site, which serves the experiment and the points for a program without scikit-learn
 */
export function programsOf(spec: ExperimentSpec, site: string): Program[] {
  // The TensorFlow.js program gets its points from the Worker, which has none of the visitor's own data.
  const canFetch = spec.dataset !== 'own'
  return [
    {
      language: 'Keras',
      install: 'pip install tensorflow scikit-learn',
      // A file named like a library would be imported in its place.
      file: 'minibatch_keras.py',
      command: 'python minibatch_keras.py',
      code: kerasProgram(spec, site),
    },
    {
      language: 'PyTorch',
      install: 'pip install torch scikit-learn',
      file: 'minibatch_pytorch.py',
      command: 'python minibatch_pytorch.py',
      code: pytorchProgram(spec, site),
    },
    ...(canFetch
      ? [
          {
            language: 'TensorFlow.js',
            install: 'npm install @tensorflow/tfjs',
            file: 'minibatch.mjs',
            command: 'node minibatch.mjs',
            code: tensorflowProgram(spec, site),
          },
        ]
      : []),
  ]
}
