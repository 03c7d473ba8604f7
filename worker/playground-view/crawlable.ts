/**
 * What crawlers follow and list. Every setting of the playground is a link, so its addresses have no end, and each that is
 * new has to be trained. The tutorial's experiments are there to be found; links to all others say `nofollow`, and their
 * pages `noindex`.
 */
import { permalink } from '#experiment/spec/permalink.ts'
import { presets } from '#experiment/spec/presets.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

const listed: ReadonlySet<string> = new Set(presets.map(({ spec }) => permalink(spec)))

/** Whether search engines may list the page of an experiment: whether the tutorial names it. */
export const isListed = (spec: ExperimentSpec): boolean => listed.has(permalink(spec))

/** A link to a path of this site with a query, with all of its attributes. */
const link = /<a(?=\s)(?:[^">]|"[^"]*")*?\shref="(\/[^"]*\?[^"]*)"(?:[^">]|"[^"]*")*>/g

/** HTML whose links to permalinks, other than those of the tutorial, to data and to charts say `nofollow`. */
export function withNofollow(html: string): string {
  return html.replaceAll(link, (tag: string, href: string) => {
    if (listed.has(href.replaceAll(/&(?:amp|#38);/g, '&'))) return tag
    if (!/\srel="/.test(tag)) return tag.replace(/^<a/, '$& rel="nofollow"')
    return /\srel="[^"]*\bnofollow\b/.test(tag) ? tag : tag.replace(/\srel="/, '$&nofollow ')
  })
}
