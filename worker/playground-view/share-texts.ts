/**
 * The texts for sharing an experiment: the link that promises its numbers, the addresses of its files, and its
 * citation.
 */
import { headingOf } from '#charts/text/heading.ts'
import { completeView } from '#charts/view.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import { permalink, specQuery, withQuery } from '#experiment/spec/permalink.ts'
import { readPin } from '#experiment/spec/pin.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { viewQuery, writeAddress, type PromisedNumbers, type Shown } from './address.ts'

/** The experiment that is shared. */
export interface ShareTexts {
  spec: ExperimentSpec
  shown: Shown
  /** The fingerprint of its numbers; undefined while they are incomplete. */
  promised: PromisedNumbers | undefined
  /** The origin of the site: `https://example.org`. */
  origin: string
}

/** The numbers that a link may promise: those of a complete result of this very experiment. */
export function promiseOf(
  { permalink: of, fingerprint, engine }: Pick<ExperimentResult, 'permalink' | 'fingerprint' | 'engine'>,
  spec: ExperimentSpec,
): PromisedNumbers | undefined {
  if (fingerprint === '' || of !== permalink(spec)) return undefined
  return { fingerprint: fingerprint.slice(0, 16), version: engine.version }
}

/** The link that opens the experiment with its view and promises its numbers. */
export function linkOf({ spec, shown, promised, origin }: ShareTexts): string {
  return origin + writeAddress(spec, shown, promised)
}

/** The addresses of its files by name; the JSON includes the comparison with the pinned experiment. */
export function filesOf({ spec, shown }: Pick<ShareTexts, 'spec' | 'shown'>) {
  const query = specQuery(spec)
  const compared = new URLSearchParams(query)
  const drawn = new URLSearchParams([...query, ...drawnQuery(shown)])
  const { pin, side } = shown
  if (pin && isComparable(spec, pin)) {
    compared.set('pin', String(specQuery(pin)))
    drawn.set('pin', String(specQuery(pin)))
    if (side) drawn.set('side', side)
  }
  const curves = withQuery('/charts/learning-curves.svg', drawn)
  const boundary = withQuery('/charts/decision-boundary.svg', query)
  return {
    json: withQuery('/api/experiments', compared),
    csv: withQuery('/api/experiments.csv', query),
    curves,
    boundary,
  }
}

/** A BibTeX entry for the numbers of the experiment itself, regardless of its view and pin. */
export function citationOf({ spec, promised, origin }: Omit<ShareTexts, 'shown'>): string {
  const address = origin + writeAddress(spec, { view: completeView(), lock: [] }, promised)
  const title = `Minibatch: ${headingOf(spec).replaceAll(/[&%$#_{}]/g, String.raw`\$&`)}`
  const fields = [
    ['title', `{${title}}`],
    ['author', '{The Minibatch contributors}'],
    ['howpublished', String.raw`\url{${address}}`],
    ...(promised ? [['note', `Engine ${promised.version}, fingerprint ${promised.fingerprint}`]] : []),
  ]
  const key = promised ? `minibatch-${promised.fingerprint.slice(0, 8)}` : 'minibatch'
  return `@misc{${key},\n${fields.map(([name, value]) => `  ${name} = {${value}},\n`).join('')}}`
}

/** Whether the API can compare two experiments: they share a seed and fit one budget together. */
function isComparable(spec: ExperimentSpec, pin: ExperimentSpec): boolean {
  try {
    readPin(String(specQuery(pin)), spec)
    return true
  } catch {
    return false
  }
}

/** The query that describes how the curves are drawn. */
function drawnQuery(shown: Shown): [string, string][] {
  return [...viewQuery({ view: shown.view, lock: [] })]
}
