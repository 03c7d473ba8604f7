/**
 * A class of 60 behind one address, with every cache cold.
 *
 *   npm run classroom                         # starts the product
 *   npm run classroom -- https://…            # asks one that is there
 *   npm run classroom -- http://… 300         # with so many readers
 */
import { holdLesson } from '../support/classroom.ts'
import { startWranglerDev } from '../support/wrangler-dev.ts'
import { short, table } from './measure.ts'

const [address, readers = '60'] = process.argv.slice(2)
const product = address ? undefined : await startWranglerDev({ trainings: 'limited' })
try {
  const begin = performance.now()
  const { waits, refusals, silent, errors, experiments } = await holdLesson(address ?? product!.url, {
    readers: Number(readers),
    openWithin: 10,
    changes: 12,
    every: 5,
    articles: 10,
  })
  const seconds = (milliseconds: number) => short(milliseconds / 1000)
  console.log(
    `${readers} readers, ${experiments} new experiments, ${seconds(performance.now() - begin)} s. Waits in seconds:\n`,
  )
  console.log(
    table(
      ['waited for', 'times', 'median', 'longest'],
      Object.entries(waits).map(([name, { count, median, longest }]) => [
        name,
        String(count),
        seconds(median),
        seconds(longest),
      ]),
    ),
  )
  console.log(`\ntold to come back, by status: ${JSON.stringify(refusals)}; waits with nothing shown: ${silent}`)
  console.log(
    `left with an error: ${errors.length}${errors
      .slice(0, 10)
      .map((error) => `\n  ${error}`)
      .join('')}`,
  )
  if (errors.length) process.exitCode = 1
} finally {
  await product?.stop()
}
