/** The examples of the API guide, asked of the Worker. */
import { describe, expect, it } from 'vitest'

import { describedFields } from '#experiment/result/described-fields.ts'

import { answerFields, answerQuery, routeExamples, trimmedAnswer } from '../../../site/src/build/api-examples.ts'
import { routes } from '../../../site/src/build/api-guide.ts'
import { startApp } from '../../support/app.ts'

const { get } = startApp()

describe('the answer that the guide shows', () => {
  it('is the Worker’s, shortened', async () => {
    const answer = (await (await get(answerQuery)).json()) as Record<string, unknown> & { fingerprint: string }
    const shown = await trimmedAnswer()
    expect(shown).toContain(answer.fingerprint)
    for (const key of Object.keys(answer)) expect(shown).toContain(`"${key}"`)
  })

  it('has every field named, of one run, of several and of a comparison', async () => {
    const named = new Set(describedFields().map(({ path }) => path))
    const answers = ['?epochs=40', '?epochs=40&seeds=5&pin=epochs%3D40%26batchSize%3D4%26seeds%3D5']
    const missing = new Set<string>()
    /** A field is named, or what contains it is. */
    const look = (value: unknown, path: string) => {
      if (Array.isArray(value)) look(value[0], `${path}[]`)
      else if (typeof value === 'object' && value !== null)
        for (const [key, inner] of Object.entries(value)) {
          const own = path ? `${path}.${key}` : key
          const isWithin = [...named].some(
            (field) => field !== 'runs' && field !== 'summary' && own.startsWith(`${field}.`),
          )
          if (!named.has(own) && !isWithin) missing.add(own)
          look(inner, own)
        }
    }
    for (const query of answers) look(await (await get(`/api/experiments${query}`)).json(), '')
    expect([...missing]).toEqual([])
    expect(answerFields.every(({ description }) => description.endsWith('.'))).toBe(true)
  })
})

describe('the examples of routes', () => {
  it.each(routeExamples)('$path is answered, with what is to be read', async ({ path, keys }) => {
    const response = await get(path)
    expect(response.status).toBe(200)
    const answer = (await response.json()) as object
    for (const key of keys) expect(answer).toHaveProperty(key)
  })

  it('leave out no route of data', () => {
    const told = new Set(routeExamples.map(({ path }) => path.split('?')[0]))
    // Those with examples in several languages, and the document.
    const elsewhere = new Set(['/api/experiments', '/api/experiments/stream', '/api/experiments.csv', '/api/sweep.csv'])
    const data = routes.map(([path]) => path).filter((path) => path.startsWith('/api/') && path !== '/api/openapi.json')
    expect(data.filter((path) => !told.has(path) && !elsewhere.has(path))).toEqual([])
  })
})
