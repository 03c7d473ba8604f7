/** The chapters of the tutorial in their order, each with the anchor of its part on the page. */
import { getCollection, type CollectionEntry } from 'astro:content'

export interface TutorialChapter {
  entry: CollectionEntry<'tutorial'>
  /** The name of its file without the number: `real-data` of `9-real-data.mdx`. */
  anchor: string
}

/** All chapters by the number that their file names begin with. */
export async function tutorialChapters(): Promise<TutorialChapter[]> {
  const numberOf = ({ id }: { id: string }) => Number.parseInt(id, 10)
  const entries = (await getCollection('tutorial')).sort((a, b) => numberOf(a) - numberOf(b))
  return entries.map((entry) => ({ entry, anchor: entry.id.replace(/^\d+-/, '') }))
}
