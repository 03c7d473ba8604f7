/**
 * Controls which links crawlers follow and which pages search engines index. Every setting of the playground is a link,
 * so it has endlessly many addresses, and each new one has to be trained. Only the tutorial's experiments are indexed.
 * Links to all others have `nofollow`, and their pages `noindex`.
 */
import { permalink } from '#experiment/spec/permalink.ts'
import { presets } from '#experiment/spec/presets.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

const listed: ReadonlySet<string> = new Set(presets.map(({ spec }) => permalink(spec)))

/** Whether search engines may index the page of an experiment, which holds for those of the tutorial. */
export const isListed = (spec: ExperimentSpec): boolean => listed.has(permalink(spec))

/** Matches a link to a path of this site with a query, including all its attributes. */
const link = /<a(?=\s)(?:[^">]|"[^"]*")*?\shref="(\/[^"]*\?[^"]*)"(?:[^">]|"[^"]*")*>/g

/** Adds `nofollow` to the links in HTML to data, charts and permalinks other than the tutorial's. */
export function withNofollow(html: string): string {
  return html.replaceAll(link, (tag: string, href: string) => {
    if (listed.has(href.replaceAll(/&(?:amp|#38);/g, '&'))) return tag
    if (!/\srel="/.test(tag)) return tag.replace(/^<a/, '$& rel="nofollow"')
    return /\srel="[^"]*\bnofollow\b/.test(tag) ? tag : tag.replace(/\srel="/, '$&nofollow ')
  })
}
