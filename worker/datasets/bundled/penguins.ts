/** 342 penguins of three species near Palmer Station, Antarctica, measured in four ways. */
import type { Description } from '../generator.ts'
import { fromTable, publishedInPython } from './from-table.ts'

export const penguins = fromTable('penguins')

/** In words and in Python. An export of its own: what trains does without it. */
export const penguinsDescription: Description = {
  title: 'Penguins',
  lesson: 'On classes that separate almost completely, every batch size ends calm.',
  source:
    'K. Gorman and Palmer Station Antarctica LTER, as packaged by A. Horst (palmerpenguins); 2 of 344 penguins are left out, whose measures are missing',
  license: 'CC0 1.0',
  python: publishedInPython('penguins'),
}
