/**
 * Converts the numbers of a table's cell to what spreadsheets and programs read. Pages write minus signs, narrow spaces between thousands
 * and powers of ten as in print; a spreadsheet takes all of these for text.
 *
 * A mean with its standard deviation, `0.833 ± 0.004`, stays one text: in two cells, all cells behind it would stand
 * below the wrong heading.
 */

/** A dash alone stands where there is no number. */
const missing = '–'
const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹'
const powerOfTen = /(?:(\d+(?:\.\d+)?)×|(?<![\d.]))10(⁻?)([⁰¹²³⁴⁵⁶⁷⁸⁹]+)/gu

/** The text of a cell of a table with all numbers in it plain. */
export function plainNumbers(cell: string): string {
  if (cell.trim() === missing) return ''
  return cell
    .replaceAll('\u00a0%', '%')
    .replaceAll('\u00a0', ' ')
    .replaceAll(/\u2212(?=[\d.])/gu, '-')
    .replaceAll(/(?<=\d)[\u202f\u2009](?=\d)/gu, '')
    .replaceAll(powerOfTen, (_, factor: string | undefined, minus: string, raised: string) => {
      const exponent = Array.from(raised, (digit) => superscripts.indexOf(digit)).join('')
      return `${factor ?? '1'}e${minus && '-'}${exponent}`
    })
}
