/** The API's errors in the OpenAPI document, each with a real example. */

import { trainingLimitsInWords, workQuotaInWords } from '#experiment/spec/limits.ts'
import { readSpec } from '#experiment/spec/permalink.ts'
import { BusyError } from '#results/training-queue.ts'

import { noSuchRange } from '../byte-ranges.ts'
import { jsonOnly, nothingAt, problemBody, problemOf, readOnly, tooLong, type ProblemDetails } from '../problems.ts'
import { RateError } from '../work-quota.ts'
import { headersWith } from './headers.ts'
import { mapValues, ref, type Json } from './references.ts'
import type { Documentation } from './routes.ts'

interface DocumentedProblem {
  description: string
  example: ProblemDetails
}

const problems: Readonly<Record<number, DocumentedProblem>> = {
  400: { description: 'A field is unknown, given twice or cannot be read.', example: refusal('epochs=many&foo=1') },
  404: { description: 'There is nothing at this path, or nothing to embed.', example: nothingAt('/api/nothing') },
  414: { description: 'The URL is too long.', example: tooLong(10_000) },
  416: { description: 'The file has no such bytes.', example: noSuchRange(2000) },
  422: {
    description: 'A value is out of range, does not go with another, or the experiment is too much work.',
    example: refusal('batchSize=501'),
  },
  429: {
    description: `One address asks for too much new work. What is cached is still served. ${workQuotaInWords}`,
    example: problemOf(new RateError(20)),
  },
  500: { description: 'A fault of the server.', example: problemOf(new Error()) },
  501: { description: 'The answer cannot be had in this format.', example: jsonOnly },
  503: {
    description: `Too much is being trained, or nothing new for now. What is cached is still served. ${trainingLimitsInWords}`,
    example: problemOf(new BusyError()),
  },
}

/** The response for errors that no route declares. */
const otherProblem: DocumentedProblem = {
  description: 'Any other error: 404 where there is nothing, 405 for other methods than GET and HEAD.',
  example: readOnly('/api/experiments'),
}

/** The shared error responses: `Problem422` and so on. */
export const problemResponses = {
  ...Object.fromEntries(Object.entries(problems).map(([status, problem]) => [`Problem${status}`, responseOf(problem)])),
  OtherProblem: responseOf(otherProblem),
}

function responseOf({ description, example }: DocumentedProblem): Json {
  return {
    description,
    headers: headersWith(
      example.headers ? (Object.keys(example.headers) as ('Retry-After' | 'Allow' | 'Content-Range')[]) : [],
    ),
    content: {
      'application/problem+json': { schema: ref('schemas', 'Problem'), example: JSON.parse(problemBody(example)) },
    },
  }
}

/** The errors of a route by status. Pages describe them in HTML. */
export function problemsOf({ query, trains, type, refusals = [] }: Documentation): Json {
  const statuses = [...(query ? [400, 422] : []), ...refusals, 414, ...(trains ? [429, 503] : []), 500]
  const shared = Object.fromEntries(statuses.map((status) => [status, ref('responses', `Problem${status}`)]))
  const others = { default: ref('responses', 'OtherProblem') }
  if (!query || !type.startsWith('text/html')) return { ...shared, ...others }
  const inWords = mapValues(shared, (_, status) => {
    const { description, example } = problems[Number(status)]!
    const headers = headersWith(example.headers ? ['Retry-After'] : [])
    return { description, headers, content: { [type]: { schema: { type: 'string' } } } }
  })
  return { ...inWords, 414: shared[414], 500: shared[500], ...others }
}

/** The problem with which an invalid query is refused. */
function refusal(query: string): ProblemDetails {
  try {
    readSpec(new URLSearchParams(query), {}, 'refuse')
  } catch (error) {
    return problemOf(error)
  }
  throw new Error(`${query} is served`)
}
