/** The icon for browsers that do not support SVG icons. */
import { readFileSync } from 'node:fs'

import type { APIRoute } from 'astro'
import sharp from 'sharp'

export const GET: APIRoute = async () =>
  new Response(new Uint8Array(await sharp(readFileSync('site/public/favicon.svg')).resize(64).png().toBuffer()))
