/** The columns of a log and what they are used for, which the reader can change, and what the log does not say itself. */
import { logRoles, type LogRole } from '../logs/log.ts'
import type { Better } from '../logs/roles.ts'
import { reportOf, withRole, type ShownLog } from './shown-log.ts'

interface ColumnsFormProps {
  shown: ShownLog
  onChange: (log: ShownLog) => void
}

/** A positive whole number as it was typed; undefined if it is none. */
function countOf(text: string): number | undefined {
  const value = Number(text)
  return text.trim() !== '' && Number.isInteger(value) && value > 0 ? value : undefined
}

export function ColumnsForm({ shown, onChange }: ColumnsFormProps) {
  const { log, examples, sizes } = shown
  const { validation } = reportOf(shown)
  const names = log.columns.map(({ name }) => name)
  const hasNorms = log.roles.gradientNorm !== undefined
  const roles = (Object.keys(logRoles) as LogRole[]).filter((role) => role !== 'otherGradientNorm' || hasNorms)
  return (
    <>
      <div class="log-fields">
        <label>
          Validation examples
          <input
            type="text"
            inputMode="numeric"
            autocomplete="off"
            placeholder="unknown"
            value={examples ?? ''}
            onInput={({ currentTarget }) => onChange({ ...shown, examples: countOf(currentTarget.value) })}
          />
        </label>
        {(['gradientNorm', 'otherGradientNorm'] as const).map(
          (role) =>
            log.roles[role] && (
              <label key={role}>
                Batch size of {log.roles[role]}
                <input
                  type="text"
                  inputMode="numeric"
                  autocomplete="off"
                  placeholder="unknown"
                  value={sizes[role] ?? ''}
                  onInput={({ currentTarget }) =>
                    onChange({ ...shown, sizes: { ...sizes, [role]: countOf(currentTarget.value) } })
                  }
                />
              </label>
            ),
        )}
      </div>
      <details class="log-columns">
        <summary>Columns: {summaryOf(shown)}</summary>
        <div class="log-fields">
          {roles.map((role) => (
            <label key={role}>
              {logRoles[role]}
              <select
                value={log.roles[role] ?? ''}
                onChange={({ currentTarget }) =>
                  onChange(withRole(shown, { [role]: currentTarget.value || undefined }))
                }
              >
                <option value="">{role === 'x' ? 'the row' : 'none'}</option>
                {names.map((name) => (
                  <option key={name} value={name}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
          ))}
          <label>
            Better is
            <select
              value={validation?.series.better ?? 'higher'}
              onChange={({ currentTarget }) => onChange({ ...shown, better: currentTarget.value as Better })}
            >
              <option value="higher">higher</option>
              <option value="lower">lower</option>
            </select>
          </label>
        </div>
      </details>
    </>
  )
}

function summaryOf({ log: { roles } }: ShownLog): string {
  const given = (['validation', 'train'] as const).flatMap((role) => roles[role] ?? [])
  return `${given.join(' and ') || 'no metric'} by ${roles.x ?? 'row'}`
}
