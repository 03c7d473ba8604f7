/**
 * The chapters of the tutorial: prose in MDX, in the order of their file names.
 */

import { glob } from 'astro/loaders'
import * as z from 'astro/zod'
import { defineCollection } from 'astro:content'

const Chapter = z.object({
  title: z.string(),
  /** A few words for the contents. */
  short: z.string(),
  /** It has a figure that takes the room of the contents, too. */
  isWide: z.boolean().default(false),
})

export const collections = {
  tutorial: defineCollection({ loader: glob({ pattern: '*.mdx', base: './src/content/tutorial' }), schema: Chapter }),
}
