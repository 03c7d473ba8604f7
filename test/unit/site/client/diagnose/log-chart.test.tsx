/** The chart of logs: whatever a log contains is drawn, and read out. */
import fc from 'fast-check'
import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'

import { logChart } from '../../../../../site/src/client/diagnose/log-chart.tsx'
import type { LogLine } from '../../../../../site/src/client/diagnose/log-layout.ts'
import { analyze } from '../../../../../site/src/client/logs/analysis.ts'
import { seriesOf } from '../../../../../site/src/client/logs/series.ts'
import '../../../../support/property-seed.ts'
import { readText } from '../../../../support/training-logs.ts'

/** The line of a log's validation metric. */
async function lineOf(csv: string, name = 'log.csv'): Promise<LogLine> {
  const { logs } = await readText(csv, name)
  const series = seriesOf(logs[0]!, logs[0]!.roles.validation)!
  const { window, best } = analyze(series)
  return { label: name, look: 'test', series, window, best }
}

const drawn = (line: LogLine, width: number) => {
  const drawing = { title: 'Curves', lines: [line] as [LogLine] }
  const size = { width, height: logChart.height(drawing, width) }
  return {
    svg: renderToString(logChart.draw(drawing, { ...size, cursor: 0 })),
    explorer: logChart.explore(drawing, size),
  }
}

const csvOf = (values: readonly (number | string)[]) =>
  ['epoch,val_acc', ...values.map((value, epoch) => `${epoch},${value}`)].join('\n')

describe('the chart of logs', () => {
  it('enlarges the last quarter from 40 values on', async () => {
    const count = async (values: number) =>
      drawn(await lineOf(csvOf(Array.from({ length: values }, (_, epoch) => 0.8 + (epoch % 3) / 100))), 800).svg.split(
        'the last quarter',
      ).length - 1
    expect([await count(39), await count(40)]).toEqual([0, 1])
  })

  it('ends in a cross where the training diverged', async () => {
    const { svg } = drawn(await lineOf(csvOf([0.5, 0.6, 'nan', 'nan'])), 800)
    expect(svg).toMatch(/line cross diverged/)
    expect(drawn(await lineOf(csvOf([0.5, 'nan', 0.6])), 800).svg).not.toMatch(/line cross diverged/)
  })

  it('reads out the value that the pointer is nearest to', async () => {
    const { explorer } = drawn(await lineOf(csvOf([0.5, 0.6, 0.7])), 400)
    expect(explorer.stops).toBe(3)
    expect(explorer.read(1)).toBe('epoch 1: log.csv 0.600')
    expect(explorer.nearest({ x: 395, y: 100 })).toBe(2)
    expect(explorer.nearest({ x: 200, y: -50 })).toBeUndefined()
  })

  it('draws any values at all', async () => {
    const value = fc.oneof(fc.double(), fc.constantFrom('nan', 'inf', 0, -0, 5e-324, 1.7e308, -1.7e308))
    await fc.assert(
      fc.asyncProperty(
        fc.array(value, { minLength: 1, maxLength: 60 }),
        fc.constantFrom(200, 328, 840),
        async (values, width) => {
          const { logs } = await readText(csvOf(values))
          if (logs.length === 0 || !seriesOf(logs[0]!, logs[0]!.roles.validation)) return
          const { svg, explorer } = drawn(await lineOf(csvOf(values)), width)
          expect(svg).not.toMatch(/NaN|undefined|Infinity/)
          for (let stop = 0; stop < explorer.stops; stop++) expect(explorer.read(stop)).not.toMatch(/NaN|undefined/)
        },
      ),
    )
  })
})
