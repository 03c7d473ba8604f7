/**
 * Makes numbers that are copied from a table arrive in a spreadsheet as numbers: the clipboard gets the table's cells with plain
 * numbers, while the page keeps its typography. A selection that holds no table is copied as the browser does it.
 */
import { plainNumbers } from './plain-numbers.ts'

document.addEventListener('copy', (event) => {
  const selection = getSelection()
  if (!selection || selection.isCollapsed || !event.clipboardData) return
  const tables = Array.from(document.querySelectorAll('table')).filter((table) => selection.containsNode(table, true))
  if (tables.length === 0) return
  // Browsers put tabs between cells and each row in a line of its own.
  const lines = selection.toString().split('\n')
  event.clipboardData.setData(
    'text/plain',
    lines.map((line) => line.split('\t').map(plainNumbers).join('\t')).join('\n'),
  )
  const range = selection.getRangeAt(0)
  const [table] = tables
  // A part of one table is nothing but its text; with more than a table around it, the formatting counts too.
  if (!table?.contains(range.commonAncestorContainer)) event.clipboardData.setData('text/html', htmlOf(range))
  event.preventDefault()
})

/** The HTML of a part of the page, with the numbers in its tables plain. */
function htmlOf(range: Range): string {
  const box = document.createElement('div')
  box.append(range.cloneContents())
  for (const cell of box.querySelectorAll('td, th')) {
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) texts.currentNode.nodeValue = plainNumbers(texts.currentNode.nodeValue ?? '')
  }
  return box.innerHTML
}
