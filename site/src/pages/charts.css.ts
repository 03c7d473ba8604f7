/** The styles of every chart, for the pages that show one. */
import type { APIRoute } from 'astro'

import { chartStyles } from '#charts/theme.ts'

export const GET: APIRoute = () => new Response(chartStyles(), { headers: { 'Content-Type': 'text/css' } })
