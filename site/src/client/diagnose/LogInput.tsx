/** Where logs come in: files that are dropped or chosen, a text that is pasted, and the samples. */
import { useRef, useState } from 'preact/hooks'

import { samples } from '../logs/samples.ts'
import type { Logs, LogSource } from './use-logs.ts'

interface LogInputProps {
  logs: Logs
}

const sourcesOf = (files: FileList | undefined | null): LogSource[] =>
  Array.from(files ?? [], (file) => ({ name: file.name, content: file }))

export function LogInput({ logs }: LogInputProps) {
  const [isOver, setOver] = useState(false)
  const textRef = useRef<HTMLTextAreaElement>(null)
  const [problem, setProblem] = useState('')

  const readText = () => {
    const text = textRef.current?.value ?? ''
    if (text.trim() === '') {
      setProblem('The box is empty: paste a log first.')
      textRef.current?.focus()
      return
    }
    setProblem('')
    void logs.read([{ name: 'pasted log', content: new Blob([text]) }])
  }
  const readSample = async ({ files, examples }: (typeof samples)[number]) => {
    setProblem('')
    try {
      const sources = await Promise.all(
        files.map(async (name) => {
          const response = await fetch(`/samples/${name}`)
          if (!response.ok) throw new Error(`status ${response.status}`)
          return { name, content: await response.blob() }
        }),
      )
      await logs.read(sources, examples)
    } catch {
      setProblem('The sample could not be loaded. Are you offline? Your own files are read without a connection.')
    }
  }

  return (
    <section class="log-input" aria-label="Logs to read">
      <div
        class={isOver ? 'log-drop is-over' : 'log-drop'}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          void logs.read(sourcesOf(event.dataTransfer?.files))
        }}
      >
        <label>
          Drop logs here, or choose files
          <input
            type="file"
            multiple
            onChange={({ currentTarget }) => {
              void logs.read(sourcesOf(currentTarget.files))
              // So that the same file can be chosen again.
              currentTarget.value = ''
            }}
          />
        </label>
        <p class="log-note">CSV or JSON. Nothing is uploaded: your browser reads the files.</p>
      </div>
      <div class="log-paste">
        <label>
          Or paste a log, or a column of numbers
          <textarea ref={textRef} rows={4} spellcheck={false} autocomplete="off" aria-describedby="log-problem" />
        </label>
        <button type="button" onClick={readText}>
          Read
        </button>
      </div>
      <div class="log-samples">
        <p id="log-samples">Or look at a sample of a real training</p>
        <ul aria-labelledby="log-samples">
          {samples.map((sample) => (
            <li key={sample.title}>
              <button type="button" class="quiet" onClick={() => void readSample(sample)}>
                {sample.title}
              </button>
            </li>
          ))}
        </ul>
      </div>
      <p class="wrong" id="log-problem">
        {problem}
      </p>
    </section>
  )
}
