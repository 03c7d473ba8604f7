/**
 * Generates an experiment as programs for other libraries. Their results follow the same distribution but not the same
 * bits, because each library has its own random numbers. Every program is complete: it makes the data, trains one run,
 * and prints what a report shows.
 */
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import type { Program } from '#playground-view/device.ts'

import { kerasSections } from './keras.ts'
import { programNotebook } from './notebook.ts'
import type { ProgramSection } from './python.ts'
import { pytorchSections } from './pytorch.ts'
import { tensorflowProgram } from './tensorflow-js.ts'

/** A Python program as a file and as a notebook. */
function pythonProgram(
  spec: ExperimentSpec,
  site: string,
  { library, install, sections }: { library: 'Keras' | 'PyTorch'; install: string; sections: ProgramSection[] },
): Program {
  // A file named like a library would be imported in its place.
  const name = `minibatch_${library.toLowerCase()}`
  return {
    language: library,
    install,
    file: `${name}.py`,
    command: `python ${name}.py`,
    code: sections.map(({ code }) => code).join(''),
    notebook: { file: `${name}.ipynb`, text: programNotebook(spec, site, { library, install, sections }) },
  }
}

/**
 * The programs of a spec's first run.
 *
 * @param site the address of the site, which serves the experiment and the points for a program without scikit-learn
 */
export function programsOf(spec: ExperimentSpec, site: string): Program[] {
  // The TensorFlow.js program gets its points from the Worker, which has none of the visitor's own data.
  const canFetch = spec.dataset !== 'own'
  return [
    pythonProgram(spec, site, {
      library: 'Keras',
      install: 'pip install tensorflow scikit-learn',
      sections: kerasSections(spec, site),
    }),
    pythonProgram(spec, site, {
      library: 'PyTorch',
      install: 'pip install torch scikit-learn',
      sections: pytorchSections(spec, site),
    }),
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
