/**
 * Cards as pictures that a reviewer opens: test/golden/cards. A card that changed visibly fails; `GOLDEN=write` takes the
 * new pictures.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'

import { drawCard } from '#cards/draw.tsx'
import { palettes } from '#charts/colors.ts'
import type { PartialSpec } from '#experiment/spec/spec.ts'

import { drawingOf } from '../../support/drawings.ts'
import { readPicture } from '../../support/picture.ts'

const { paper, ink, train, test, diverged } = palettes.light
const folder = 'test/golden/cards'
/** Of all pixels, as a share: a letter that is missing is some hundreds of 756,000. */
const mostDifferent = 0.0001

/** The part of the height where the curves are, and the foot. */
const curves = [0.3, 0.8] as const
const foot = [0.88, 1] as const

interface Golden {
  title: string
  given: readonly PartialSpec[]
  /** Runs that diverged. */
  lost?: 'some' | 'all'
}

const cards: Record<string, Golden> = {
  default: { title: 'Batch size 32', given: [{}] },
  stochastic: { title: 'Batch size 1', given: [{ batchSize: 1 }] },
  diverged: {
    title: 'Batch size 8, learning rate 10, momentum 0.99',
    given: [{ learningRate: 10, momentum: 0.99, batchSize: 8 }],
    lost: 'all',
  },
  'some-diverged': {
    title: 'Batch size 16, learning rate 1, 60 epochs, 8 seeds',
    given: [{ learningRate: 1, batchSize: 16, epochs: 60, seeds: 8 }],
    lost: 'some',
  },
  'ten-classes': { title: '10 classes, noise 1', given: [{ classes: 10, noise: 1 }] },
  moons: { title: 'Moons, 40 epochs', given: [{ dataset: 'moons', epochs: 40 }] },
  'hundred-seeds': { title: 'Batch size 4, 100 seeds', given: [{ batchSize: 4, seeds: 100 }] },
  'one-epoch': { title: 'One epoch', given: [{ epochs: 1 }] },
  several: {
    title: 'How the batch size controls the stability of training',
    given: [4, 8, 16, 32, 64, 128, 256, 450].map((batchSize) => ({ batchSize })),
  },
  'long-title': {
    title: Array.from({ length: 30 }, (_, index) => `setting ${index} is ${index / 8}`).join(', '),
    given: [{ batchSize: 100 }],
  },
}

describe.each(Object.entries(cards))('the card %s', (name, { title, given, lost }) => {
  let png: Uint8Array
  beforeAll(async () => {
    const { results } = await drawingOf('learning-curves', given)
    png = await drawCard({ title, results })
  }, 60_000)

  it('has the size that sites ask for, a title on paper, and both curves in their colors', async () => {
    const card = await readPicture(png)
    expect([card.width, card.height]).toEqual([1200, 630])
    expect(card.share(paper)).toBeGreaterThan(0.75)
    expect(card.share(ink, 0, 0.3)).toBeGreaterThan(0.01)
    const isLost = lost === 'all'
    expect(card.share(diverged, ...curves) > 0.0002).toBe(lost !== undefined)
    expect(card.share(test, ...curves) > 0).toBe(!isLost)
    expect(card.share(train, ...curves) > 0).toBe(!isLost)
    expect(card.share(test, ...foot) > 0).toBe(!isLost && given.length === 1)
  })

  it('looks as it did', async () => {
    const file = `${folder}/${name}.png`
    if (process.env['GOLDEN'] === 'write') writeFileSync(file, await sharp(png).png({ palette: true }).toBuffer())
    expect(existsSync(file)).toBe(true)
    const [card, golden] = await Promise.all([readPicture(png), readPicture(readFileSync(file))])
    expect(card.difference(golden)).toBeLessThan(mostDifferent)
  })
})
