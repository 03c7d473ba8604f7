/** Numbers as training programs, spreadsheets and people write them into the cells of a table. */

/** What is written where there is no value. */
const missingTexts = new Set(['', '-', '–', 'null', 'none', 'n/a', 'na', '#n/a', '<na>', 'undefined', 'nil'])
/** What is written where a value is not finite. */
const notFinite: Readonly<Record<string, number>> = {
  nan: Infinity,
  '-nan': Infinity,
  'nan(ind)': Infinity,
  '-nan(ind)': Infinity,
  inf: Infinity,
  '+inf': Infinity,
  '-inf': -Infinity,
  infinity: Infinity,
  '+infinity': Infinity,
  '-infinity': -Infinity,
}
const plain = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i
/** A number with a decimal comma, with or without points between the thousands. */
const withComma = /^[+-]?(?:\d{1,3}(?:\.\d{3})+|\d*),\d+(?:e[+-]?\d+)?$/i
/** A scalar that PyTorch printed: `tensor(0.5, device='cuda:0')`. */
const tensor = /^(?:tensor|np\.float\d\d|array)\(\s*([^,\s)]+)\s*(?:,[^)]*)?\)$/
const percentSign = /\s*%$/

/** The value of a cell: NaN if it is missing, ±Infinity if it says so, undefined if it is no number. */
export function readCell(cell: string, hasDecimalComma: boolean): number | undefined {
  const text = cell.trim()
  if (plain.test(text)) return finite(Number(text))
  const lower = text.toLowerCase()
  if (missingTexts.has(lower)) return NaN
  if (Object.hasOwn(notFinite, lower)) return notFinite[lower]
  if (hasDecimalComma && withComma.test(text)) return finite(Number(text.replaceAll('.', '').replace(',', '.')))
  if (percentSign.test(text)) {
    const share = readCell(text.replace(percentSign, ''), hasDecimalComma)
    return share === undefined || Number.isNaN(share) ? undefined : share / 100
  }
  const printed = tensor.exec(text)?.[1]
  return printed === undefined || tensor.test(printed) ? undefined : readCell(printed, hasDecimalComma)
}

/** A number beyond the range of float64, such as `1e999`, counts as not finite. */
function finite(value: number): number {
  return Number.isNaN(value) ? Infinity : value
}

/** A cell that a spreadsheet computes. Its value is not in the file. */
export function isFormula(cell: string): boolean {
  return /^\s*=/.test(cell)
}

/** A text from a file as it is quoted in a sentence: one line, and not too long. */
export function quoted(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, ' ')
  const characters = Array.from(line)
  return `“${characters.length > 40 ? `${characters.slice(0, 39).join('')}…` : line}”`
}
