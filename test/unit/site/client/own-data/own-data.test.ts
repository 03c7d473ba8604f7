/** Tables of the visitor's own: what is read of a file, what is guessed, what is made of it, and every bad input's sentence. */
import { createHash } from 'node:crypto'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { tableColumnsOf, guessLabel, most, oddCells } from '../../../../../site/src/client/own-data/columns.ts'
import {
  canonicalText,
  prepareTable,
  tableDigest,
  tableOfCanonical,
  type Choices,
  type PreparedTable,
} from '../../../../../site/src/client/own-data/prepare.ts'
import { mostBytes, readTableFile, readTableText } from '../../../../../site/src/client/own-data/read-file.ts'

const fileOf = (content: string | Uint8Array<ArrayBuffer>, name = 'data.csv') => new File([content], name)

/** A table with the guessed choices, but for those that are given. */
function preparedOf(text: string, given: Partial<Choices> = {}): PreparedTable {
  const prepared = outcomeOf(text, given)
  if ('problem' in prepared) throw new Error(prepared.problem)
  return prepared
}

function outcomeOf(text: string, given: Partial<Choices> = {}) {
  const table = readTableText(text, 'data.csv')
  const columns = tableColumnsOf(table)
  const label = given.label ?? guessLabel(columns)
  const features = columns.filter(({ at, unfit }) => at !== label && !unfit).map(({ at }) => at)
  return prepareTable(table, columns, { label, features, missing: 'drop', cuts: [], ...given })
}

const problemOf = (text: string, given: Partial<Choices> = {}) => {
  const outcome = outcomeOf(text, given)
  return 'problem' in outcome ? outcome.problem : ''
}

/** Twelve rows, six of each class. */
const rows = (line: (row: number) => string) => Array.from({ length: 12 }, (_, row) => line(row)).join('\n')

describe('a file', () => {
  it('has numbers, booleans, dates and categories, and a canonical form with a digest', async () => {
    const text = `width,"size, cm",color,isNew,day,kind\n${rows((row) =>
      row % 2 ? '2.0,11,blue,no,2024-05-02,c' : '1.5,10,red,YES,2024-05-01,"a ""b"""',
    )}`
    const prepared = preparedOf(text)
    const canonical = canonicalText(prepared)
    expect(canonical.split('\n').slice(0, 3)).toEqual([
      'width,"size, cm",color=blue,color=red,isNew,day,kind',
      '1.5,10,0,1,1,19844,"a ""b"""',
      '2,11,1,0,0,19845,c',
    ])
    // By Python's hashlib of the same text, written by hand from the definition.
    expect(await tableDigest(canonical)).toBe('ade08e4db7f964da')
    expect(await tableDigest(canonical)).toBe(createHash('sha256').update(canonical).digest('hex').slice(0, 16))
    expect(tableOfCanonical(canonical)).toEqual({ table: prepared.table, labelName: 'kind' })
  })

  it('may have semicolons, decimal commas, quoted line breaks and UTF-16', async () => {
    const text = `Größe;Name;Klasse\n${rows((row) => `1.0${String(row).padStart(2, '0')},5;"a\nb";${row % 2 ? 'ja' : 'nein'}`)}`
    const utf16 = new Uint8Array([0xff, 0xfe, ...new Uint8Array(Uint16Array.from(text, (c) => c.charCodeAt(0)).buffer)])
    const read = await readTableFile(fileOf(utf16))
    expect(read).toMatchObject({ delimiter: ';', hasDecimalComma: true, encoding: 'utf-16le', hasHeader: true })
    expect(read.names).toEqual(['Größe', 'Name', 'Klasse'])
    // Each row takes two lines.
    expect(read.lines.slice(0, 3)).toEqual([2, 4, 6])
    expect(read.rows[1]).toEqual(['1.001,5', 'a\nb', 'ja'])
    const { table } = preparedOf(text)
    expect(table.coordinates[1]).toBe(1001.5)
    expect(table.classNames).toEqual(['ja', 'nein'])
  })

  it('needs no header, and tabs do', () => {
    const read = readTableText(
      rows((row) => `${row}\t${row * row}\t${row % 2 ? 'a' : 'b'}`),
      'x.tsv',
    )
    expect(read).toMatchObject({ delimiter: '\t', hasHeader: false, names: ['column 1', 'column 2', 'column 3'] })
    expect(read.rows).toHaveLength(12)
  })
})

describe('bad input is named by line or column', () => {
  const rejected: [name: string, file: File, words: RegExp][] = [
    ['empty', fileOf(''), /data\.csv is empty\./],
    ['blank lines', fileOf('\n \n'), /is empty: it has no line with a value/],
    ['one column', fileOf(`size\n${rows(String)}`), /has one column, “size”\. A table to train on needs a label/],
    ['binary', fileOf(new Uint8Array([0x50, 0x4b, 3, 4, 0, 0])), /is no CSV or TSV file\. This is a ZIP or Excel file/],
    [
      'zeros',
      fileOf(new Uint8Array([65, 66, 0, 67, 1, 2])),
      /is no CSV or TSV file\. This is not a text: byte 3 is zero/,
    ],
    [
      'an open quotation mark',
      fileOf('a,b\n1,2\n3,"4\n5,6\n'),
      /the line 3 opens a quotation mark that is never closed/,
    ],
    ['a header alone', fileOf('a,b,c\n'), /has a header and no other line/],
  ]
  it.each(rejected)('%s', async (_, file, words) => {
    await expect(readTableFile(file)).rejects.toThrow(words)
  })

  it('200 MB', async () => {
    const file = fileOf('a,b')
    Object.defineProperty(file, 'size', { value: 200_000_000 })
    await expect(readTableFile(file)).rejects.toThrow(/data\.csv has 200 MB, and at most 20 MB are read/)
    expect(mostBytes).toBe(20_000_000)
  })

  it('one class', () => {
    expect(problemOf(`a,b,label\n${rows((row) => `${row},${row * 2},same`)}`)).toMatch(/“label” has one class/)
  })

  it('too few rows', () => {
    expect(problemOf('a,b,c\n1,2,x\n2,3,y\n')).toMatch(/2 rows are left, and it takes at least 10/)
  })

  it('a numeric label with many values is cut only where it is said', () => {
    const text = `a,price\n${rows((row) => `${row % 5},${row + 0.5}`)}`
    expect(problemOf(text, { label: 1 })).toMatch(
      /“price” has 12 different numbers, and at most 10 classes train\. Say where/,
    )
    const { table } = preparedOf(text, { label: 1, cuts: [4, 8.5] })
    expect(table.classNames).toEqual(['4 to 8.5', '8.5 and more', 'below 4'])
    // 8.5 itself is above the cut.
    expect(Array.from(table.labels)).toEqual([2, 2, 2, 2, 0, 0, 0, 0, 1, 1, 1, 1])
  })

  it('duplicate headers, short and long lines', () => {
    const { names, remarks, rows: read } = readTableText(`a,a,c\n1,2\n3,4,x,y\n${rows(() => '1,2,x')}`, 'd.csv')
    expect(names).toEqual(['a', 'a (2)', 'c'])
    expect(read[0]).toEqual(['1', '2', ''])
    expect(remarks).toEqual([
      'The header has “a” more than once: column 2 is called “a (2)”.',
      'Line 2 has fewer cells than there are columns: the missing ones count as empty.',
      'Line 3 has more cells than there are columns: the rest was left out.',
    ])
  })

  it('columns without a value, constant ones and identifiers', () => {
    const columns = tableColumnsOf(
      readTableText(
        `id,none,one,x,c\n${rows((row) => `n${row}k,,7,${row},${row % 2 ? 'a' : 'b'}`)}\n${rows((row) => `m${row}k,NA,7,${row},a`)}`,
        'd.csv',
      ),
    )
    expect(columns.map(({ unfit }) => unfit)).toEqual([
      'has 24 different texts',
      'has no value in any row',
      'has the same value in every row',
      undefined,
      undefined,
    ])
  })

  it('formulas and texts among numbers', () => {
    const lines = Array.from({ length: 40 }, (_, row) => `${row},${row},${row % 2 ? 'a' : 'b'}`)
    lines[4] = '=A1+A2,4,a'
    lines[6] = '6,about 7,a'
    const table = readTableText(`x,y,c\n${lines.join('\n')}`, 'd.csv')
    expect(oddCells(table, tableColumnsOf(table))).toEqual([
      'Line 6, column “x”: “=A1+A2” is a formula, whose value is not in the file. It counts as missing.',
      'Line 8, column “y”: “about 7” is no number. It counts as missing.',
    ])
    const { table: dropped, remarks } = preparedOf(`x,y,c\n${lines.join('\n')}`)
    expect(dropped.labels).toHaveLength(38)
    expect(remarks).toContain('2 rows are left out, in which a feature is missing.')
    const { table: filled, remarks: said } = preparedOf(`x,y,c\n${lines.join('\n')}`, { missing: 'mean' })
    expect(filled.labels).toHaveLength(40)
    const others = Array.from({ length: 40 }, (_, row) => row).filter((row) => row !== 4)
    expect(filled.coordinates[8]).toBe(others.reduce((sum, row) => sum + row, 0) / 39)
    expect(said.join()).toMatch(/filled with the mean of their column: “x” \(1\), “y” \(1\)/)
  })
})

describe('what is too much', () => {
  it('rows are taken at equal distances, classes by frequency, inputs in order, and each is said', () => {
    const text = `a,color,${Array.from({ length: 65 }, (_, i) => `f${i}`).join(',')},label\n${Array.from(
      { length: 6000 },
      (_, row) =>
        [
          row,
          row % 3 ? 'red' : 'blue',
          ...Array.from({ length: 65 }, (__, i) => (row + i) % 7),
          `c${row < 12 ? 10 + row : row % 9}`,
        ].join(','),
    ).join('\n')}`
    const { table, remarks } = preparedOf(text)
    expect(table.labels).toHaveLength(most.rows)
    expect(table.featureNames).toHaveLength(most.inputs)
    expect(table.featureNames.slice(0, 3)).toEqual(['a', 'color=blue', 'color=red'])
    expect(table.classNames.length).toBeLessThanOrEqual(most.classes)
    expect(remarks.join('\n')).toMatch(
      /A network here has at most 64 inputs: “f61”, “f62”, “f63” and 1 more columns left out/,
    )
    expect(remarks.join('\n')).toMatch(/“label” has 21 classes: the 10 most frequent are taken/)
    expect(remarks.join('\n')).toMatch(/Of 5,?989 rows 5,?000 are taken, at equal distances/)
  })
})

it('whatever a table has: its canonical form is read as the same table', () => {
  const name = fc.string({ minLength: 1, maxLength: 8 }).filter((text) => !text.includes('\r'))
  const value = fc.double({ noNaN: true, min: -1e9, max: 1e9 }).map((number) => number + 0)
  const table = fc.record({
    names: fc.uniqueArray(name, { minLength: 2, maxLength: 6 }),
    classes: fc.uniqueArray(name, { minLength: 2, maxLength: 4 }),
    numbers: fc.array(value, { minLength: 60, maxLength: 120 }),
  })
  fc.assert(
    fc.property(table, ({ names, classes, numbers }) => {
      const [labelName = '', ...featureNames] = names
      const count = Math.floor(numbers.length / featureNames.length)
      const sorted = classes.toSorted()
      const given = {
        labelName,
        table: {
          featureNames,
          classNames: sorted,
          coordinates: Float64Array.from(numbers.slice(0, count * featureNames.length)),
          labels: Uint8Array.from({ length: count }, (_, row) => row % sorted.length),
        },
      }
      const canonical = canonicalText(given)
      const again = tableOfCanonical(canonical)
      expect(again).toEqual(given)
      expect(canonicalText(again!)).toBe(canonical)
    }),
  )
})
