/** The styles of every chart, for the pages that show one. */
import type { APIRoute } from 'astro'

import { pageStyles } from '#charts/theme.ts'

export const GET: APIRoute = () => new Response(pageStyles(), { headers: { 'Content-Type': 'text/css' } })
