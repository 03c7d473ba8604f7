/** Logs as programs, spreadsheets and people write them: each is read, and what is not is named by line and column. */
import { readFileSync } from 'node:fs'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { diagnose } from '../../../../../site/src/client/logs/diagnosis.ts'
import type { LogRoles } from '../../../../../site/src/client/logs/log.ts'
import { readLog } from '../../../../../site/src/client/logs/read-log.ts'
import { samples } from '../../../../../site/src/client/logs/samples.ts'
import { seriesOf } from '../../../../../site/src/client/logs/series.ts'
import '../../../../support/property-seed.ts'
import { evidenceOf, readText } from '../../../../support/training-logs.ts'

const sample = (name: string) => readFileSync(`site/public/samples/${name}`)

/** The values of a column, as a list. */
async function valuesIn(content: BlobPart, column: string): Promise<number[]> {
  const { logs, remarks } = await readText(content)
  const found = logs[0]?.columns.find(({ name }) => name === column)
  if (!found) throw new Error(`no column ${column}: ${remarks.join(' ')}`)
  return Array.from(found.values)
}

/** What is said of a text. */
const remarksOn = async (content: BlobPart, name?: string) => (await readText(content, name)).remarks.join('\n')

/** UTF-16, little-endian unless it is said, with or without its mark. */
function utf16(text: string, { isBig = false, hasMark = true } = {}): Uint8Array<ArrayBuffer> {
  const marked = hasMark ? `\uFEFF${text}` : text
  const bytes = new Uint8Array(2 * marked.length)
  const view = new DataView(bytes.buffer)
  Array.from(marked, (character, index) => view.setUint16(2 * index, character.codePointAt(0)!, !isBig))
  return bytes
}

describe('the samples', () => {
  const expected: Record<string, { format: string; runs: number; rows: number; roles: Partial<LogRoles> }> = {
    'keras-batch-32.csv': {
      format: 'Keras CSVLogger',
      runs: 1,
      rows: 80,
      roles: {
        x: 'epoch',
        validation: 'val_accuracy',
        train: 'accuracy',
        validationLoss: 'val_loss',
        trainLoss: 'loss',
      },
    },
    'keras-batch-256.csv': { format: 'Keras CSVLogger', runs: 1, rows: 80, roles: { validation: 'val_accuracy' } },
    'keras-diverged.csv': { format: 'Keras CSVLogger', runs: 1, rows: 40, roles: { trainLoss: 'loss' } },
    'keras-history.json': {
      format: 'Keras history JSON',
      runs: 1,
      rows: 80,
      roles: { x: 'epoch', validation: 'val_accuracy', train: 'accuracy', validationLoss: 'val_loss' },
    },
    'lightning-metrics.csv': {
      format: 'Lightning metrics.csv',
      runs: 1,
      rows: 144,
      roles: {
        x: 'step',
        validation: 'val_acc',
        train: 'train_acc',
        validationLoss: 'val_loss',
        trainLoss: 'train_loss',
      },
    },
    'pytorch-gradient-norms.csv': {
      format: 'CSV',
      runs: 1,
      rows: 240,
      roles: {
        x: 'step',
        validation: 'val_accuracy',
        gradientNorm: 'grad_norm_256',
        otherGradientNorm: 'grad_norm_16',
      },
    },
    'hugging-face-trainer_state.json': {
      format: 'Hugging Face trainer_state.json',
      runs: 1,
      rows: 89,
      roles: {
        x: 'epoch',
        validation: 'eval_accuracy',
        validationLoss: 'eval_loss',
        trainLoss: 'loss',
        gradientNorm: 'grad_norm',
      },
    },
    'tensorboard-val_accuracy.csv': {
      format: 'TensorBoard CSV',
      runs: 1,
      rows: 120,
      roles: { x: 'Step', validation: 'val_accuracy' },
    },
    'wandb-export.csv': { format: 'W&B CSV export', runs: 2, rows: 60, roles: { x: 'Step', validation: 'val_loss' } },
  }

  it.each(samples.flatMap(({ files }) => [...files]))('of %s are read with all their columns', async (name) => {
    const bytes = sample(name)
    expect(bytes.length).toBeLessThan(20_000)
    const { logs } = await readText(new Uint8Array(bytes), name)
    const { format, runs, rows, roles } = expected[name]!
    expect(logs.map((log) => [log.format, log.positions.at.length])).toEqual(
      Array.from({ length: runs }, () => [format, rows]),
    )
    for (const log of logs) expect(log.roles).toMatchObject(roles)
  })

  it('show the signs that they are there for', async () => {
    const signs = async (name: string) =>
      diagnose(evidenceOf((await readText(new Uint8Array(sample(name)), name)).logs[0]!)!).map(
        (finding) => finding.name,
      )
    expect(await signs('keras-diverged.csv')).toEqual(['diverged'])
    expect(await signs('keras-history.json')).toEqual(['overfits', 'gap'])
    expect(await signs('tensorboard-val_accuracy.csv')).toContain('rough')
  })
})

describe('a table', () => {
  it('has semicolons and decimal commas, tabs, bars or spaces', async () => {
    expect(await valuesIn('epoch;val_loss\n1;0,81\n2;1.234,5\n', 'val_loss')).toEqual([0.81, 1234.5])
    expect(await valuesIn('epoch\tval_loss\n1\t0.81\n', 'val_loss')).toEqual([0.81])
    expect(await valuesIn('epoch|val_loss\n1|0.81\n', 'val_loss')).toEqual([0.81])
    expect(await valuesIn('1 0.81\n2 0.83\n', 'column 2')).toEqual([0.81, 0.83])
  })

  it('is a plain column, with decimal points or commas, a name or none', async () => {
    expect(await valuesIn('0.81\n0.83\n0.8', 'column 1')).toEqual([0.81, 0.83, 0.8])
    expect(await valuesIn('0,81\n0,83\n0,8\n', 'column 1')).toEqual([0.81, 0.83, 0.8])
    expect(await valuesIn('val_acc\n81%\n83 %\n', 'val_acc')).toEqual([0.81, 0.83])
    // Two columns, as the first counts.
    expect(await valuesIn('1,81\n2,83\n3,80\n', 'column 2')).toEqual([81, 83, 80])
  })

  it('is UTF-16 with or without its mark, UTF-8 with one, or Windows-1252', async () => {
    const text = 'epoch,val_loss\r\n1,0.81\r\n2,0.83\r\n'
    for (const options of [{}, { isBig: true }, { hasMark: false }, { isBig: true, hasMark: false }])
      expect(await valuesIn(utf16(text, options), 'val_loss')).toEqual([0.81, 0.83])
    expect(await valuesIn(`\uFEFF${text}`, 'epoch')).toEqual([1, 2])
    const latin = Uint8Array.from('Fläche,val_loss\n1,0.5\n', (character) => character.codePointAt(0)!)
    expect(await valuesIn(latin, 'Fläche')).toEqual([1])
  })

  it('has quoted cells with line breaks, and still counts its lines', async () => {
    const text = 'epoch,note,val_loss\n1,"two\nlines, ""quoted""",0.5\n2,x,abc\n'
    expect(await remarksOn(text)).toMatch(/Column “note” has no numbers/)
    expect(await remarksOn(text)).toMatch(/Line 4, column “val_loss”: “abc” is not a number/)
    expect(await valuesIn(text, 'val_loss')).toEqual([0.5, NaN])
  })

  it('has any line ends, in the middle of a piece or at its edge', async () => {
    for (const end of ['\n', '\r\n', '\r'])
      expect(await valuesIn(['epoch,loss', '1,0.5', '2,0.4', ''].join(end), 'loss')).toEqual([0.5, 0.4])
    // Rows of 8 bytes, so that some \r\n is cut in two where a piece ends.
    const rows = Array.from({ length: 70_001 }, () => '1,0.25\r\n')
    expect(await valuesIn(`ab,loss\r\n${rows.join('')}`, 'loss')).toHaveLength(70_001)
  })

  it('has nan and inf, which are no missing values, and tensors as they are printed', async () => {
    const text = 'epoch,loss,acc\n1,nan,0.1\n2,-inf,\n3,"tensor(0.5, device=\'cuda:0\')",None\n'
    expect(await valuesIn(text, 'loss')).toEqual([Infinity, -Infinity, 0.5])
    expect(await valuesIn(text, 'acc')).toEqual([0.1, NaN, NaN])
  })
})

describe('what cannot be read', () => {
  it.each([
    ['nothing', '', /^This file is empty\.$/],
    ['blank lines', ' \n\n', /empty: it has no line with a value/],
    ['only a header', 'epoch,loss\n', /has a header, “epoch, loss”, but no line below/],
    ['prose', 'Dear all,\nsee below.\n', /No column of this file has numbers\. Line 2 says “see below\.”/],
    ['JSON without lists', '{"loss": 3}', /no list of values by epoch/],
    ['JSON that is cut off', '{"loss": [1, 2', /begins like JSON, but .* cannot be read/],
    ['a huge JSON', '{"a":[1]}', undefined],
  ])('is said of %s', async (_, text, sentence) => {
    const { logs, remarks } = await readText(text)
    if (sentence === undefined) expect(logs).toHaveLength(1)
    else {
      expect(logs).toEqual([])
      expect(remarks.at(-1)).toMatch(sentence)
    }
  })

  it('is said of binary files, by the byte or by what they are', async () => {
    expect(await remarksOn(Uint8Array.of(65, 66, 0, 67, 1, 2, 3, 4))).toMatch(/not a text: byte 3 is zero.*TensorBoard/)
    expect(await remarksOn(Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0))).toMatch(/a ZIP or Excel file/)
    expect(await remarksOn(Uint8Array.of(0x80, 4, 0x95, 1))).toMatch(/Python pickle/)
  })

  it('is said of formulas, double headers, empty columns, long lines and comments', async () => {
    const text = 'epoch,loss,loss,empty\n# resumed\n1,0.5,0.6,\n2,=B3/2,0.5,\n3,oops,0.4,\n4,0.3,0.3,,7\n'
    const remarks = await remarksOn(text)
    expect(remarks).toMatch(/The header has “loss” twice; column 3 is called “loss \(2\)”/)
    expect(remarks).toMatch(
      /Line 4, column “loss”: “=B3\/2” is a formula, whose value is not in the file; it is left out, like 1 more/,
    )
    expect(remarks).toMatch(/Column “empty” is empty in all 4 rows/)
    expect(remarks).toMatch(/Line 6 has 5 values for 4 columns/)
    expect(remarks).toMatch(/Line 2 began with # /)
    expect(await valuesIn(text, 'loss (2)')).toEqual([0.6, 0.5, 0.4, 0.3])
  })

  it('is said of a quotation mark that is never closed, and the rest is read', async () => {
    const text = `epoch,loss\n1,0.5\n2,"0.4\n${'3,0.25\n'.repeat(50_000)}`
    const { logs, remarks } = await readText(text)
    expect(remarks[0]).toMatch(/^Line 3 opens a quotation mark that is never closed/)
    expect(logs[0]!.positions.at.length).toBe(50_002)
  })

  it('is said of JSON records', async () => {
    const text = '[{"epoch": 1, "loss": 0.5, "tag": "a"}, 7, {"epoch": 2, "loss": "oops"}]'
    const remarks = await remarksOn(text)
    expect(remarks).toMatch(/Entry 2 is no object/)
    expect(remarks).toMatch(/Entry 3, “loss”: “oops” is not a number/)
  })

  it('is said of JSON that is too large, by its size', async () => {
    const file = new Blob(['{"loss": [', '1, '.repeat(11_000_000), '1]}'])
    expect((await readLog(file, 'big.json')).remarks[0]).toMatch(/33 MB; the page reads JSON of up to 32 MB/)
  })
})

describe('JSON', () => {
  it('has NaN and Infinity as Python writes them, and may be a printed dictionary or one object for each line', async () => {
    expect(await valuesIn('{"loss": [1, NaN, -Infinity], "note": ["NaN is fine", "b", "c"]}', 'loss')).toEqual([
      1,
      Infinity,
      -Infinity,
    ])
    expect(await valuesIn("{'loss': [1.5, nan, None]}", 'loss')).toEqual([1.5, Infinity, NaN])
    expect(await valuesIn('{"epoch": 1, "loss": 3}\n{"epoch": 2, "loss": 2}\n{"epoch": 3, "lo', 'loss')).toEqual([3, 2])
    expect(await valuesIn('[0.1, 0.2]', 'column 1')).toEqual([0.1, 0.2])
  })
})

describe('restarts', () => {
  const csv = (epochs: readonly number[]) =>
    ['epoch,val_loss', ...epochs.map((epoch, row) => `${epoch},${row}`)].join('\n')

  it('at the beginning are another run', async () => {
    const { logs, remarks } = await readText(csv([0, 1, 2, 0, 1, 2]))
    expect(logs.map(({ name, positions }) => [name, ...Array.from(positions.at)])).toEqual([
      ['log.csv, run 1', 2, 3, 4],
      ['log.csv, run 2', 5, 6, 7],
    ])
    expect(remarks[0]).toMatch(/^Line 5: “epoch” falls from 2 to 0\. A second run begins there/)
  })

  it('in the middle resume a training, and nothing is lost', async () => {
    const { logs, remarks } = await readText(csv([0, 1, 2, 3, 2, 3, 4]))
    const series = seriesOf(logs[0]!, 'val_loss')!
    expect(Array.from(series.y)).toEqual([0, 1, 4, 5, 6])
    expect(Array.from(series.replaced.y)).toEqual([2, 3])
    expect(remarks[0]).toMatch(/^Line 6: “epoch” falls from 3 to 2, so the training was resumed/)
  })

  it('with a header of their own are two runs', async () => {
    const { logs, remarks } = await readText('epoch,val_loss\n0,1\n1,2\nepoch,val_loss\n0,3\n1,4\n')
    expect(logs).toHaveLength(2)
    expect(remarks.join()).toMatch(/Line 4 repeated the header/)
  })
})

it('reads 100,000 lines in pieces, and tells how far it is', async () => {
  const rows = Array.from({ length: 100_000 }, (_, step) => `${step},${(step % 97) / 97},${(step % 89) / 89}`)
  const shares: number[] = []
  const file = await readLog(new Blob([`step,loss,val_loss\n${rows.join('\n')}`]), 'long.csv', (share) =>
    shares.push(share),
  )
  expect(file.logs[0]!.positions.at.length).toBe(100_000)
  expect(shares.length).toBeGreaterThan(5)
  expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  expect(shares.at(-1)).toBe(1)
})

describe('any text at all', () => {
  const cell = fc.oneof(
    fc.double().map(String),
    fc.integer().map(String),
    fc.constantFrom('', 'nan', 'inf', '"', '"a"', "'", '=1+1', '#', '\n', '0,5', '1e999', 'tensor(1)', '{', '[', '%'),
    fc.string(),
  )
  const table = fc
    .tuple(fc.constantFrom(',', ';', '\t', '|', ' '), fc.array(fc.array(cell, { maxLength: 5 }), { maxLength: 60 }))
    .map(([delimiter, rows]) =>
      ['epoch,loss,val_acc'.replaceAll(',', delimiter), ...rows.map((row) => row.join(delimiter))].join('\n'),
    )
  const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => new Uint8Array(array))
  const content = fc.oneof(table, fc.string({ unit: 'binary' }), fc.json(), bytes)

  it('gives logs or a sentence, and never an error', async () => {
    await fc.assert(
      fc.asyncProperty(content, async (text) => {
        const { logs, remarks } = await readText(text)
        if (logs.length === 0) expect(remarks.length).toBeGreaterThan(0)
        for (const remark of remarks) expect(remark).toMatch(/[.?]$/)
        for (const log of logs) {
          const evidence = evidenceOf(log, 100)
          if (evidence) for (const finding of diagnose(evidence)) expect(finding.evidence).not.toMatch(/NaN|undefined/)
        }
      }),
      { numRuns: 400 },
    )
  })
})
