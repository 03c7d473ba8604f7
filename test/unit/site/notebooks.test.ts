/** The notebooks of the Python programs and of the API guide, by the rules of nbformat 4.5. */
import { describe, expect, it } from 'vitest'

import { sweepColumns } from '#experiment/result/sweep-rows.ts'
import { presets } from '#experiment/spec/presets.ts'
import { completeSpec } from '#experiment/spec/spec.ts'

import { apiNotebook } from '../../../site/src/build/api-notebook.ts'
import { programsOf } from '../../../site/src/programs/programs.ts'
import { startApp } from '../../support/app.ts'

const site = 'https://minibatch.test'

interface Notebook {
  cells: { cell_type: string; id: string; source: string[] }[]
}

/** Parses a notebook, and checks it against the schema of nbformat 4.5. */
function validNotebook(text: string): Notebook {
  const notebook: unknown = JSON.parse(text)
  const common = { id: expect.stringMatching(/^[a-zA-Z0-9_-]{1,64}$/), metadata: {}, source: expect.any(Array) }
  const cell = expect.toSatisfy((value: { cell_type: string; source: unknown[] }) => {
    const own =
      value.cell_type === 'code'
        ? { cell_type: 'code', execution_count: null, outputs: [], ...common }
        : { cell_type: 'markdown', ...common }
    // `toEqual` allows no other key, as the schema does not.
    expect(value).toEqual(own)
    return value.source.every((line) => typeof line === 'string')
  })
  expect(notebook).toEqual({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { display_name: expect.any(String), language: 'python', name: 'python3' },
      language_info: { name: 'python' },
    },
    cells: expect.any(Array),
  })
  const { cells } = notebook as Notebook
  for (const one of cells) expect(one).toEqual(cell)
  expect(new Set(cells.map(({ id }) => id)).size).toBe(cells.length)
  // Every line but the last of a cell ends with its line break.
  for (const { source } of cells) for (const line of source.slice(0, -1)) expect(line).toMatch(/^[^\n]*\n$/)
  return notebook as Notebook
}

const codeCells = ({ cells }: Notebook) => cells.filter(({ cell_type }) => cell_type === 'code')
/** Code without what no program depends on between its sections: blank lines. */
const withoutBlankLines = (code: string) => code.replaceAll(/\n{2,}/g, '\n').trim()

const specs = [
  ...presets.map(({ spec }) => spec),
  completeSpec({ dataset: 'penguins', labelNoise: 0.1, epochs: 12 }),
  completeSpec({ dataset: 'spirals', features: 'x-y-sinx', hiddenUnits: '8-8' }),
  completeSpec({ optimizer: 'adam', learningRateSchedule: 'cosine', averaging: 'swa', warmup: 2 }),
  completeSpec({ batchSizeSchedule: '20:100', averaging: 'ema', lastBatch: 'scaled', weightDecay: 0.01 }),
]

describe.each(['Keras', 'PyTorch'])('the notebook of the %s program', (language) => {
  const programOf = (spec: (typeof specs)[number]) =>
    programsOf(spec, site).find((program) => program.language === language)!

  it.each(specs)('is valid, and has the program as its code, then the curves: %o', (spec) => {
    const { code, notebook, file } = programOf(spec)
    expect(notebook!.file).toBe(file.replace('.py', '.ipynb'))
    const cells = codeCells(validNotebook(notebook!.text))
    const curves = cells.pop()!
    expect(withoutBlankLines(cells.map(({ source }) => source.join('')).join('\n'))).toBe(withoutBlankLines(code))
    expect(curves.source.join('')).toMatch(/plot\(epochs, test_accuracies[^]*plt\.show\(\)$/)
  })

  it('splits the program between statements: no cell begins within one', () => {
    for (const spec of specs)
      for (const { source } of codeCells(validNotebook(programOf(spec).notebook!.text)))
        expect(source[0]).toMatch(/^[^\s)\]}]/)
  })

  it('is the same text each time, and enlarges the last quarter only if there is an instability', () => {
    const of = (epochs: number) => programOf(completeSpec({ epochs })).notebook!.text
    expect(of(200)).toBe(of(200))
    expect(of(200)).toContain('test_accuracies[-50:]')
    expect(of(39)).not.toContain('instability')
  })
})

it('there is none in JavaScript, for which Jupyter has no kernel of its own', () => {
  expect(
    programsOf(completeSpec({}), site)
      .filter(({ notebook }) => !notebook)
      .map(({ language }) => language),
  ).toEqual(['TensorFlow.js'])
})

describe('the notebook of the API guide', () => {
  const notebook = validNotebook(apiNotebook(site))
  const code = codeCells(notebook)
    .map(({ source }) => source.join(''))
    .join('\n')

  it('asks the site that it comes from, and reads columns that its table has', () => {
    expect(code).toContain(`site = "${site}"`)
    expect(code.match(/https?:\/\//g)).toHaveLength(1)
    const named = [...code.matchAll(/"((?:testAccuracy|instability|epochsTo80)\w+)"/g)].map(([, name]) => name)
    expect(named.length).toBeGreaterThan(3)
    expect(sweepColumns).toEqual(expect.arrayContaining(named))
  })

  it('asks for tables that the API answers', async () => {
    const { get } = startApp()
    const paths = [...code.matchAll(/f"\{site\}(\/api\/[^"]+)"/g)].map(([, path]) => path!.replace('{size}', '4'))
    expect(paths).toHaveLength(2)
    for (const path of paths) {
      const response = await get(path)
      expect([path, response.status]).toEqual([path, 200])
      expect(await response.text()).toMatch(
        path.includes('sweep') ? /^batchSize,learningRate,/ : /^seed,epoch,.*testAccuracy/,
      )
    }
  })
})
