/** The experiment as programs for other libraries, which the browser generates on demand. */
import { useContext, useEffect, useState } from 'preact/hooks'

import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { Copyable } from './copyable.tsx'
import { DeviceContext, notebookType, type Program } from './device.ts'

/** The list of programs. */
export function Programs({ spec }: { spec: ExperimentSpec }) {
  const device = useContext(DeviceContext)
  const [programs, setPrograms] = useState<readonly Program[]>([])
  useEffect(() => {
    if (!device) return undefined
    let isCancelled = false
    void device.programsOf(spec).then((written) => !isCancelled && setPrograms(written))
    return () => {
      isCancelled = true
    }
  }, [device, spec])
  return (
    <section class="programs" aria-label="Code">
      {device ? (
        <p>
          The same experiment in Keras, PyTorch{spec.dataset === 'own' ? '' : ' or TensorFlow.js'}: complete programs
          for one run.{' '}
          {spec.dataset === 'own' && 'They read your file, which must lie beside them, as this page does. '}
          Their random numbers are their own, so expect a result from the same distribution, not the same digits.
        </p>
      ) : (
        <p>
          <a href="/reports">The reports</a> have complete programs for the tutorial’s experiments. With JavaScript,
          this page writes them for any settings.
        </p>
      )}
      {programs.map(({ language, install, file, command, code, notebook }) => (
        <details key={language}>
          <summary>
            {language} <code>{install}</code>
          </summary>
          {notebook && (
            <p>
              <button type="button" onClick={() => device?.saveText(notebook.text, notebook.file, notebookType)}>
                Download as a notebook
              </button>{' '}
              for Jupyter or Colab, which also draws the curves: <code>{notebook.file}</code>
            </p>
          )}
          <p>
            Save the program as <code>{file}</code>, and run <code>{command}</code>.
          </p>
          <Copyable text={code} name={`${language} program`} />
        </details>
      ))}
    </section>
  )
}
