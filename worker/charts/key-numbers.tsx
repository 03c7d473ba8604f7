/**
 * The table behind a picture: what came of an experiment, in numbers.
 */
import type { ExperimentResult } from '#experiment/result.ts'

const missing = '–'

/** The key numbers of the first run of a result. */
export function KeyNumbers({ result }: { result: ExperimentResult }) {
  const run = result.runs[0]
  const rows: [string, string | number | null | undefined][] = [
    ['test accuracy after the last epoch', run?.final.testAccuracy],
    ['train accuracy after the last epoch', run?.final.trainAccuracy],
    ['first epoch with a test accuracy of 0.8', run?.epochsTo80],
    ['instability', run?.instability],
    ['fingerprint', result.fingerprint.slice(0, 16)],
  ]
  return (
    <table>
      <tbody>
        {rows.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{value ?? missing}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
