/**
 * The notice about a setting that was adjusted along with another one: its old and new value, the reason, and a link to
 * undo the change.
 */
import { controlOf } from '#experiment/spec/controls.ts'
import type { SpecField } from '#experiment/spec/spec.ts'

import { valueInWords, type AdjustedSetting } from './settings-state.ts'

/** The adjustment in a sentence: `seeds: 200 → 50, since it must be at most 50 with epochs=2000.` */
export function adjustedText({ field, was, is, since }: AdjustedSetting): string {
  const { title, words } = controlOf(field)
  const whose = since.field === field ? 'it' : controlOf(since.field as SpecField).title
  return `${title}: ${valueInWords(words, was)} → ${valueInWords(words, is)}, since ${whose} must be ${since.expected}.`
}

/** The sentence with a link to undo the change. */
export function AdjustedLine({ adjusted }: { adjusted: AdjustedSetting }) {
  return (
    <>
      {adjustedText(adjusted)} {adjusted.back !== undefined && <a href={adjusted.back}>Take the change back</a>}
    </>
  )
}
