/** The route `/api/presets`: the experiments of the tutorial. */
import type { Handler } from 'hono'
import * as z from 'zod/mini'

import { SpecValues } from '#experiment/result/result.ts'
import { digest } from '#experiment/spec/digest.ts'
import { permalink } from '#experiment/spec/permalink.ts'
import { presets } from '#experiment/spec/presets.ts'

import { respond } from './cached-response.ts'
import type { WorkerApp } from './environment.ts'

export const PresetsAnswer = z.array(
  z.strictObject({
    slug: z.string().check(z.describe('Its readable name in a URL.')),
    title: z.string(),
    spec: SpecValues,
    permalink: z.string().check(z.describe('The page that shows it, as a path with its query.')),
    digest: z.string(),
  }),
)

export const getPresets: Handler<WorkerApp> = (c) =>
  respond(c, {
    type: 'application/json',
    identity: 'presets',
    make: async () => {
      const described = presets.map(async ({ slug, title, spec }) => ({
        slug,
        title,
        spec,
        permalink: permalink(spec),
        digest: await digest(spec),
      }))
      return JSON.stringify(await Promise.all(described))
    },
  })
