/** The logs on the page: files are read one after the other, and each gives one or more logs, or sentences. */
import { useRef, useState } from 'preact/hooks'

import { listInWords } from '#charts/text/format.ts'

import type { LogFile } from '../logs/log.ts'
import { readLog } from '../logs/read-log.ts'
import { showLog, type ShownLog } from './shown-log.ts'

/** A text or file to read. */
export interface LogSource {
  name: string
  content: Blob
}

/** The file that is read now, and the share of it that is. */
interface ReadingNow {
  name: string
  share: number
}

/** The most logs on the page, as each has a color. */
export const mostLogs = 10
/** How often progress is shown, in milliseconds. */
const progressEvery = 100

export interface Logs {
  shown: readonly ShownLog[]
  /** Files of which something is to be said. */
  said: readonly { id: number; name: string; remarks: readonly string[] }[]
  reading: ReadingNow | undefined
  /** What has just happened, for screen readers. */
  status: string
  read: (sources: readonly LogSource[], examples?: number) => Promise<void>
  change: (log: ShownLog) => void
  remove: (id: number) => void
  clear: () => void
}

export function useLogs(): Logs {
  const [shown, setShown] = useState<readonly ShownLog[]>([])
  const [said, setSaid] = useState<Logs['said']>([])
  const [reading, setReading] = useState<ReadingNow>()
  const [status, setStatus] = useState('')
  const queueRef = useRef(Promise.resolve())
  const countRef = useRef(0)
  /** Those on the page when the next file is added, which may be before the page is drawn again. */
  const shownRef = useRef<readonly ShownLog[]>([])
  const change = (next: readonly ShownLog[]) => {
    shownRef.current = next
    setShown(next)
  }

  const add = (file: LogFile, examples: number | undefined) => {
    const room = Math.max(0, mostLogs - shownRef.current.length)
    change([...shownRef.current, ...file.logs.slice(0, room).map((log) => ({ ...showLog(log), examples }))])
    const hidden = file.logs.slice(room).map(({ name }) => name)
    const remarks =
      hidden.length > 0
        ? [...file.remarks, `The page shows ${mostLogs} logs at most. These are not shown: ${listInWords(hidden)}.`]
        : file.remarks
    if (remarks.length > 0) setSaid((before) => [...before, { id: countRef.current++, name: file.name, remarks }])
    setStatus(
      file.logs.length === 0
        ? `${file.name} was not read. ${file.remarks.at(-1) ?? ''}`
        : `${file.name} was read as ${file.logs[0]!.format}: ${file.logs.length === 1 ? 'one run' : `${file.logs.length} runs`}.`,
    )
  }

  const readOne = async ({ name, content }: LogSource, examples: number | undefined) => {
    let last = performance.now()
    setReading({ name, share: 0 })
    const file = await readLog(content, name, (share) => {
      if (performance.now() - last < progressEvery) return
      last = performance.now()
      setReading({ name, share })
    })
    setReading(undefined)
    add(file, examples)
  }

  return {
    shown,
    said,
    reading,
    status,
    read: async (sources, examples) => {
      for (const source of sources) {
        queueRef.current = queueRef.current.then(() => readOne(source, examples))
        await queueRef.current
      }
    },
    change: (log) => change(shownRef.current.map((other) => (other.id === log.id ? log : other))),
    remove: (id) => change(shownRef.current.filter((other) => other.id !== id)),
    clear: () => {
      change([])
      setSaid([])
      setStatus('All logs were removed.')
    },
  }
}
