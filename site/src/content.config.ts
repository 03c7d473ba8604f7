/** The content collection of the tutorial's chapters: MDX files, ordered by their file names. */

import { glob } from 'astro/loaders'
import * as z from 'astro/zod'
import { defineCollection } from 'astro:content'

const Chapter = z.object({
  title: z.string(),
  /** The short title in the table of contents. */
  short: z.string(),
  /** Whether it has a figure that also spans the space of the table of contents. */
  isWide: z.boolean().default(false),
})

export const collections = {
  tutorial: defineCollection({ loader: glob({ pattern: '*.mdx', base: './src/content/tutorial' }), schema: Chapter }),
}
