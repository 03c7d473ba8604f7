import { beforeAll, describe, expect, inject, it } from 'vitest'

import { metrics } from '#experiment/result/numbers.ts'
import { ExperimentResult } from '#experiment/result/result.ts'

import { callAll, clearClients, complaintsOf, generators } from '../support/generated-clients.ts'
import { readContract, type Contract } from '../support/openapi.ts'

const served = inject('served')
let document: object
let contract: Contract
beforeAll(async () => {
  document = (await (await fetch(`${served}/api/openapi.json`)).json()) as object
  ;({ contract } = await readContract(document))
  clearClients()
}, 90_000)

const finals = ['trainLoss', 'trainAccuracy', 'testLoss', 'testAccuracy']
const union = (names: readonly string[]) => names.map((name) => `'${name}'`).join(' | ')

/** A program that compiles only where the client knows each name of a metric, and no others. */
const names = (answers: string) => `${answers}
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
type Result = Answers['ExperimentResult']
type Run = Result['runs'][number]
type Final = ${union(finals)}
type Metric = ${union(metrics)}
export const known: [
  Same<keyof Run['final'], Final>,
  Same<keyof Result['summary']['final'], Final>,
  Same<keyof NonNullable<Run['history']>, Metric>,
  Same<keyof NonNullable<Result['curves']>, Metric>,
  Same<keyof NonNullable<Answers['Progress']['metrics']>, Metric>,
  Same<keyof Answers['Health']['engines'], 'fused' | 'layers'>,
] = [true, true, true, true, true, true]
export const loss = (result: Result): number | null | undefined => result.runs[0]?.final.testLoss
`

describe.each(Object.entries(generators))('a client made by %s', (name, generator) => {
  it('compiles strictly, and knows the names of all metrics', async () => {
    await generator.write(document, contract)
    expect(complaintsOf(generator.program)).toEqual([])
    expect(complaintsOf(`${name}-names.ts`, names(generator.answers))).toEqual([])
    const wrong = names(generator.answers).replace('.final.testLoss', '.final.textLoss')
    expect(complaintsOf(`${name}-wrong.ts`, wrong)).toEqual([expect.stringContaining("'textLoss' does not exist")])
  }, 60_000)

  it('calls every route, with every parameter', async () => {
    const called = await callAll(generator, served)
    const routes = Object.keys(contract.paths)
    expect(Object.keys(called)).toEqual([...routes.flatMap((path) => [`GET ${path}`, `HEAD ${path}`]), 'a list'])
    for (const [call, { status }] of Object.entries(called)) expect([call, status]).toEqual([call, 200])
    for (const path of routes) expect([path, called[`GET ${path}`]!.data]).toEqual([path, expect.anything()])
    const result = ExperimentResult.parse(called['GET /api/experiments']!.data)
    expect(result.permalink).toBe('/playground')
    const { data } = called['a list']!
    expect(data).toMatch(/batch size.*4.*full/s)
  }, 60_000)
})
