/** The tool of /diagnose: logs come in, and what they say is shown below. Nothing leaves the page. */
import { saveFile } from '../save-file.ts'
import { derivedCsv } from './derived-csv.ts'
import { LogInput } from './LogInput.tsx'
import { LogSection } from './LogSection.tsx'
import { LogsSideBySide } from './LogsSideBySide.tsx'
import { NoiseOfLogs } from './NoiseOfLogs.tsx'
import { reportOf } from './shown-log.ts'
import { mostLogs, useLogs } from './use-logs.ts'

export function DiagnoseApp() {
  const logs = useLogs()
  const { shown, said, reading, status } = logs
  return (
    <div class="diagnose sans">
      <LogInput logs={logs} />
      <p class="log-status" role="status">
        {status}
      </p>
      {reading && (
        <label class="log-reading">
          Reading {reading.name}
          <progress value={reading.share} max={1} />
        </label>
      )}
      {said.length > 0 && (
        <section class="log-remarks" aria-label="What was not read as it is">
          {said.map(({ id, name, remarks }) => (
            <div key={id}>
              <p>
                <strong>{name}</strong>
              </p>
              <ul>
                {remarks.map((remark) => (
                  <li key={remark}>{remark}</li>
                ))}
              </ul>
            </div>
          ))}
        </section>
      )}
      {shown.length === mostLogs && <p>The page shows {mostLogs} logs at most. Remove one to add another.</p>}
      <LogsSideBySide logs={shown} />
      {shown.map((log) => (
        <LogSection key={log.id} shown={log} onChange={logs.change} onRemove={() => logs.remove(log.id)} />
      ))}
      <NoiseOfLogs logs={shown} />
      {shown.length > 0 && (
        <p class="log-end">
          <button
            type="button"
            onClick={() => saveFile(new Blob([derivedCsv(shown.map(reportOf))], { type: 'text/csv' }), 'diagnosis.csv')}
          >
            Save the numbers as CSV
          </button>
          <button type="button" class="quiet" onClick={logs.clear}>
            Remove all logs
          </button>
        </p>
      )}
    </div>
  )
}
