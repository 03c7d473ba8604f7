/** The style sheet of all charts, for the pages that contain any. */
import type { APIRoute } from 'astro'

import { pageStyles } from '#charts/theme.ts'
import { widthStyles } from '#charts/widths.tsx'

export const GET: APIRoute = () =>
  new Response(`${pageStyles()}\n${widthStyles()}\n`, { headers: { 'Content-Type': 'text/css' } })
