/** What a screen reader is told of the playground. */
import { describe, expect, it } from 'vitest'

import { controlOf } from '#experiment/spec/controls.ts'
import type { AdjustedSetting } from '#playground-view/settings-state.ts'

import { announcementOf } from '../../../../../site/src/client/playground/announcement.ts'
import { drawingOf } from '../../../../support/drawings.ts'

const [result] = (await drawingOf('learning-curves', [{ epochs: 40, batchSize: 8, seeds: 3 }])).results
const { spec } = result
const live = { spec, result, progress: 1, isOver: true, isStopped: false }
const scene = { spec, errors: [], adjusted: [], live }

describe('the line of a state', () => {
  it('has the accuracy and the instability of an experiment that is over, and no other', () => {
    const { final, instability } = result.summary
    const line = `Batch size 8, 40 epochs, 3 seeds: test accuracy ${final.testAccuracy.mean!.toFixed(3)}, instability ${instability.mean!.toFixed(4)}.`
    expect(announcementOf(scene)).toBe(line)
    expect(announcementOf({ ...scene, live: { ...live, isOver: false } })).toBeUndefined()
    expect(announcementOf({ ...scene, spec: { ...spec } })).toBeUndefined()
    const adjusted: AdjustedSetting[] = [
      { field: 'seeds', was: '200', is: '3', since: { field: 'seeds', expected: 'at most 3' } },
    ]
    expect(announcementOf({ ...scene, adjusted })).toBe(`${line} seeds: 200 → 3, since it must be at most 3.`)
  })

  it('says that all runs diverged', () => {
    const lost = { ...result, summary: { ...result.summary, diverged: 3 } }
    expect(announcementOf({ ...scene, live: { ...live, result: lost } })).toBe(
      'Batch size 8, 40 epochs, 3 seeds: diverged.',
    )
  })

  it('says what is wrong with what is typed, by the name of its setting', () => {
    const errors = [{ field: 'momentum', value: '2', expected: controlOf('momentum').description }]
    expect(announcementOf({ ...scene, errors })).toMatch(
      /^momentum: “2” cannot be used\. Allowed: a number from 0 to 0\.999\b.*\.$/,
    )
  })
})
