/** The API guide's notebook: `/api.ipynb`. */
import type { APIRoute } from 'astro'

import { notebookType } from '#playground-view/device.ts'

import { apiNotebook } from '../build/api-notebook.ts'

export const GET: APIRoute = ({ site }) =>
  new Response(apiNotebook(site?.origin ?? ''), { headers: { 'Content-Type': notebookType } })
