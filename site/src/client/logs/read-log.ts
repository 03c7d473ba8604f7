/** Reads a file as a log: finds its encoding, its format and its columns. Whatever it contains, the answer is a sentence. */
import { encodingOf, headOf, textPieces } from './file-text.ts'
import { runsOf, type LogContent } from './formats.ts'
import { UnreadableLog, type LogFile, type TrainingLog } from './log.ts'
import { checkJsonSize, looksLikeJson, parseJson } from './read-json.ts'
import { readTable } from './read-table.ts'
import { splitRuns } from './restarts.ts'
import { guessRoles } from './roles.ts'

/**
 * Reads a file in pieces; between them the page can do other work.
 *
 * @param onProgress called with the share that is read
 */
export async function readLog(
  file: Blob,
  fileName: string,
  onProgress: (share: number) => void = () => undefined,
): Promise<LogFile> {
  const remarks: string[] = []
  try {
    const logs = await logsOf(file, fileName, remarks, onProgress)
    return { name: fileName, logs, remarks }
  } catch (error) {
    if (error instanceof UnreadableLog) return { name: fileName, logs: [], remarks: [...remarks, error.message] }
    // The file was moved, or the browser may not read it any more.
    if (error instanceof DOMException)
      return { name: fileName, logs: [], remarks: [`The browser cannot read this file: ${error.message}`] }
    throw error
  }
}

async function logsOf(
  file: Blob,
  fileName: string,
  remarks: string[],
  onProgress: (share: number) => void,
): Promise<TrainingLog[]> {
  if (file.size === 0) throw new UnreadableLog('This file is empty.')
  const head = await headOf(file)
  const encoding = encodingOf(head)
  const content = await contentOf(file, encoding, head, remarks, onProgress)
  const { title, runs } = runsOf(content, fileName, remarks)
  return runs.flatMap(({ run, ...table }) => {
    const name = run === undefined ? fileName : `${fileName}: ${run}`
    const split = splitRuns(table, guessRoles(table).x)
    remarks.push(...split.remarks)
    return split.runs.map((own, index): TrainingLog => {
      // A second run may log other columns than the first.
      const columns = own.columns.filter(({ values }) => values.some((value) => !Number.isNaN(value)))
      return {
        ...own,
        columns,
        name: split.runs.length > 1 ? `${name}, run ${index + 1}` : name,
        format: title,
        roles: guessRoles({ columns }),
      }
    })
  })
}

async function contentOf(
  file: Blob,
  encoding: string,
  head: Uint8Array,
  remarks: string[],
  onProgress: (share: number) => void,
): Promise<LogContent> {
  if (looksLikeJson(new TextDecoder(encoding).decode(head))) {
    checkJsonSize(file.size)
    let text = ''
    for await (const piece of textPieces(file, encoding)) {
      text += piece.text
      onProgress(piece.done)
    }
    return { kind: 'json', json: parseJson(text) }
  }
  const read = await readTable(() => textPieces(file, encoding), onProgress)
  remarks.push(...read.remarks)
  return { kind: 'table', table: read.table }
}
