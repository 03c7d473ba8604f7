/**
 * What the noise meter shows: the noise of an experiment's first run, measured in the browser. Fetched when the reader
 * opens it.
 */
import { useEffect, useMemo, useState } from 'preact/hooks'

import type { Subject } from '#charts/chart-type.ts'
import gradientNoise from '#charts/types/gradient-noise.tsx'
import { completeView } from '#charts/view.ts'
import { Drawings } from '#charts/widths.tsx'
import type { ExperimentResult } from '#experiment/result/result.ts'
import { excessOf } from '#experiment/spec/budget.ts'
import { noiseWork } from '#experiment/spec/cost.ts'
import { specQuery, withQuery } from '#experiment/spec/permalink.ts'
import { ScrollBox } from '#playground-view/scroll-box.tsx'

import { NoiseTable } from '../NoiseTable.tsx'
import { createTrainer, TrainerError } from '../trainer/trainer.ts'

export interface NoiseProps {
  /** The experiment that is shown, as far as it is trained. */
  result: ExperimentResult
}

/** The noise in a chart and a table. */
export function NoisePanel({ result }: NoiseProps) {
  const drawing = useNoise(result)
  if (!drawing?.noise) return <p>Measuring …</p>
  const first = { ...drawing.results[0].spec, seeds: 1 }
  const query = specQuery(first)
  return (
    <>
      <figure>
        <div class="figure-picture">
          <Drawings kind={gradientNoise} subject={drawing} widths={[328, 640]} />
        </div>
        <figcaption>
          How many examples a batch needs for as much gradient as noise, in the first run.{' '}
          {gradientNoise.takeaway(drawing)}{' '}
          {!excessOf(first, noiseWork) && (
            <>
              <a href={withQuery('/charts/gradient-noise.svg', query)}>SVG</a>,{' '}
              <a href={withQuery('/api/gradient-noise', query)}>JSON with definitions</a>
            </>
          )}
        </figcaption>
      </figure>
      <ScrollBox label="Table: the noise of the gradient">
        <NoiseTable noise={drawing.noise} />
      </ScrollBox>
    </>
  )
}

/** The meter of an experiment; that of the one before until it is measured, undefined before the first. */
function useNoise(result: ExperimentResult): Subject | undefined {
  const trainer = useMemo(() => createTrainer(), [])
  const [drawing, setDrawing] = useState<Subject>()
  // The result grows while it is trained; its permalink stays.
  const { permalink } = result
  useEffect(() => {
    let isOld = false
    const ask = async () => {
      try {
        const noise = await trainer.noiseOf(result.spec)
        const view = completeView()
        if (!isOld && noise) setDrawing({ results: [result], varied: [], view, references: [], noise })
      } catch (error) {
        // The status bar says that the browser cannot train.
        if (!(error instanceof TrainerError)) throw error
      }
    }
    void ask()
    return () => {
      isOld = true
    }
    // oxlint-disable-next-line react/exhaustive-deps
  }, [trainer, permalink])
  return drawing
}
