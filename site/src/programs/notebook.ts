/**
 * Jupyter notebooks: the format (nbformat 4.5, https://nbformat.readthedocs.io) and the notebook of a Python program.
 * Its cells with code hold the program as it is, one cell a section, and a last one draws the learning curves.
 */
import { headingOf } from '#charts/text/heading.ts'
import { windowOf } from '#experiment/result/window.ts'
import { permalink } from '#experiment/spec/permalink.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { phasesOf } from '#experiment/spec/training-size.ts'

import type { ProgramSection } from './python.ts'

/** A cell without outputs. */
export interface NotebookCell {
  /** Unique in its notebook: 1 to 64 letters, digits, hyphens and underscores. */
  id: string
  type: 'markdown' | 'code'
  text: string
}

/** A notebook for Python 3 as the text of its file. The same cells give the same text. */
export function notebookText(cells: readonly NotebookCell[]): string {
  const notebook = {
    cells: cells.map(({ id, type, text }) => ({
      cell_type: type,
      ...(type === 'code' ? { execution_count: null } : {}),
      id,
      metadata: {},
      ...(type === 'code' ? { outputs: [] } : {}),
      source: linesOf(text),
    })),
    metadata: {
      kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
      language_info: { name: 'python' },
    },
    nbformat: 4,
    nbformat_minor: 5,
  }
  return `${JSON.stringify(notebook, undefined, 1)}\n`
}

/** The lines of a text, each with its line break, without blank lines at the beginning and end. */
function linesOf(text: string): string[] {
  return text.trim().split(/(?<=\n)/)
}

/** A program that becomes a notebook. */
interface NotebookProgram {
  library: 'Keras' | 'PyTorch'
  /** The command that installs what the program needs. */
  install: string
  sections: readonly ProgramSection[]
}

/**
 * The notebook of a program.
 *
 * @param site the address of the site, for the link to the experiment
 */
export function programNotebook(spec: ExperimentSpec, site: string, { library, install, sections }: NotebookProgram) {
  const introduction = `# ${headingOf(spec)} in ${library}

[This experiment on Minibatch](${new URL(permalink(spec), site).href}). The notebook trains one run of it. ${library} has its own random numbers, so expect a result from the same distribution, not the same digits.

It needs these packages: \`${install} matplotlib\``
  return notebookText([
    { id: 'introduction', type: 'markdown', text: introduction },
    ...sections.flatMap(({ title, code }): NotebookCell[] => {
      const id = title.toLowerCase().replaceAll(' ', '-')
      return [
        { id: `about-${id}`, type: 'markdown', text: `## ${title}` },
        { id, type: 'code', text: code },
      ]
    }),
    { id: 'about-curves', type: 'markdown', text: aboutCurves(spec) },
    { id: 'curves', type: 'code', text: curveLines(spec, library) },
  ])
}

function aboutCurves(spec: ExperimentSpec): string {
  const window = windowOf(spec)
  const detail = ` The right part enlarges the last ${window} epochs, of which the instability is computed.`
  return `## Learning curves

The test accuracy after each epoch.${window > 0 ? detail : ''}`
}

/** Whether the Keras program keeps the history of all epochs, with the train accuracy that Keras logs. */
const hasHistory = (spec: ExperimentSpec, library: NotebookProgram['library']) =>
  library === 'Keras' && phasesOf(spec).length === 1

/** The lines that draw the curves, with a part that enlarges the last quarter if the instability is defined. */
function curveLines(spec: ExperimentSpec, library: NotebookProgram['library']): string {
  const window = windowOf(spec)
  const train = hasHistory(spec, library)
    ? `axis.plot(epochs, history.history["accuracy"], color="tab:orange", alpha=0.6, label="train, while it trains")
    `
    : ''
  const drawn = `${train}axis.plot(epochs, test_accuracies, color="tab:blue", label="test")
    axis.plot(epochs[-1], train_accuracy, "o", color="tab:orange", label="train, at the end")
    axis.set_xlabel("epoch")`
  const [figure, detail] =
    window > 0
      ? [
          'figure, axes = plt.subplots(1, 2, figsize=(10, 4), width_ratios=[3, 2], layout="constrained")',
          `
last = test_accuracies[-${window}:]
axes[0].axvspan(epochs[-${window}], epochs[-1], color="0.93")
axes[1].set_xlim(epochs[-${window}], epochs[-1] + 1)
axes[1].set_ylim(min(last) - 0.02, max(max(last), train_accuracy) + 0.02)
axes[1].set_title(f"instability {np.sqrt(np.mean(np.diff(last) ** 2) / 2):.4f}")`,
        ]
      : ['figure, axis = plt.subplots(figsize=(7, 4), layout="constrained")\naxes = [axis]', '']
  return `import matplotlib.pyplot as plt

epochs = np.arange(1, len(test_accuracies) + 1)
${figure}
for axis in axes:
    ${drawn}
axes[0].axhline(0.8, color="0.7", linestyle=":", linewidth=1)
axes[0].set_ylabel("accuracy")
axes[0].legend(loc="lower right")${detail}
figure.suptitle(${JSON.stringify(headingOf(spec))})
plt.show()`
}
