/** Renders a social card as a PNG. */
import { renderToString } from 'preact-render-to-string'

import { palettes } from '#charts/colors.ts'

import { Card, type CardProps } from './card.tsx'
import { toPng } from './png.ts'

/** Draws a card as a PNG of 1200 × 630 pixels. */
export function drawCard(card: CardProps): Promise<Uint8Array<ArrayBuffer>> {
  return toPng(renderToString(<Card {...card} />), palettes.light.paper)
}
