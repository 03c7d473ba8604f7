/**
 * What the first run predicts of data that have no plane: the confusion matrix of the test half, and the test examples
 * that change their class most often.
 */
import { useEffect, useState } from 'preact/hooks'

import type { Subject } from '#charts/chart-type.ts'
import confusion from '#charts/types/confusion.tsx'
import restless from '#charts/types/restless.tsx'
import { churnOf, type Churn } from '#experiment/result/churn.ts'
import type { LabeledPoints } from '#experiment/result/labeled-points.ts'
import { permalink } from '#experiment/spec/permalink.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { TrainerError, type Trainer } from '../trainer/trainer.ts'
import { Explored } from './explored.tsx'

export interface PredictionsProps {
  trainer: Trainer
  /** The curves of the experiment, whose first run is over. */
  drawing: Subject
}

/** The pictures as they were last known, until those of the newest experiment are. */
export function PredictionsPanel({ trainer, drawing }: PredictionsProps) {
  const known = usePredictions(trainer, drawing.results[0].spec)
  if (!known) return <p>Predicting the test half …</p>
  const { spec, data, churn } = known
  const result = { ...drawing.results[0], spec, permalink: permalink(spec) }
  const subject: Subject = { ...drawing, results: [result], pinned: undefined, data, churn }
  return (
    <>
      <Explored kind={confusion} drawing={subject} name="cell">
        {(reading) => <figcaption>{reading?.brief ?? confusion.takeaway(subject)}</figcaption>}
      </Explored>
      <Explored kind={restless} drawing={subject} name="example">
        {(reading) => <figcaption>{reading?.brief ?? restless.takeaway(subject)}</figcaption>}
      </Explored>
    </>
  )
}

interface Known {
  spec: ExperimentSpec
  data: LabeledPoints
  churn: Churn
}

function usePredictions(trainer: Trainer, spec: ExperimentSpec): Known | undefined {
  const [known, setKnown] = useState<Known>()
  useEffect(() => {
    let isOld = false
    const ask = async () => {
      try {
        const [data, predictions] = await Promise.all([trainer.pointsOf(spec), trainer.predictionsOf(spec)])
        if (data && predictions && !isOld) setKnown({ spec, data, churn: churnOf(spec, predictions) })
      } catch (error) {
        // The status bar says that the browser cannot train.
        if (!(error instanceof TrainerError)) throw error
      }
    }
    void ask()
    return () => {
      isOld = true
    }
  }, [trainer, spec])
  return known
}
