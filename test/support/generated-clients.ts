/** Clients that others' programs make from the OpenAPI document: how to generate, to type-check and to call them. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { createClient } from '@hey-api/openapi-ts'
import openapiTypescript, { astToString } from 'openapi-typescript'
import ts from 'typescript'

import type { Contract } from './openapi.ts'

/** Inside the repository, so that the clients find their packages. */
const folder = join(process.cwd(), 'dist/clients')

/** What a call came to. */
export interface Called {
  status: number
  data: unknown
}
type Calls = (baseUrl: string) => Promise<Record<string, Called>>

/** A program that makes clients. */
export interface Generator {
  /** Writes the client, and a program that calls every route with it. */
  write: (document: object, contract: Contract) => Promise<void>
  /** That program. */
  program: string
  /** Where the types of answers are, for a program beside the client. */
  answers: string
}

/** Every parameter of a route with its example, as a property `query` of an object; nothing where it has none. */
function queryOf({ parameters }: Contract['paths'][string]): string {
  const query = parameters.filter(({ in: place, example }) => place === 'query' && example !== undefined)
  if (query.length === 0) return ''
  return `query: ${JSON.stringify(Object.fromEntries(query.map(({ name, example }) => [name, example])))}`
}

/** How a client reads an answer. */
function readingOf({ get }: Contract['paths'][string]): string {
  const [type = ''] = Object.keys(get.responses['200']?.content ?? {})
  if (type === 'application/json') return 'json'
  return type === 'image/png' ? 'arrayBuffer' : 'text'
}

const write = (name: string, text: string) => writeFileSync(join(folder, name), text)

/** openapi-typescript writes types; openapi-fetch is typed by them. */
const openapiFetch: Generator = {
  program: 'openapi-fetch-calls.ts',
  answers: `import type { components } from './openapi.ts'\ntype Answers = components['schemas']`,
  async write(document, { paths }) {
    write('openapi.ts', astToString(await openapiTypescript(document as never)))
    const calls = Object.entries(paths).flatMap(([path, route]) => [
      `called['GET ${path}'] = ofCall(await client.GET('${path}', { params: { ${queryOf(route)} }, parseAs: '${readingOf(route)}' }))`,
      `called['HEAD ${path}'] = ofCall(await client.HEAD('${path}', { params: { ${queryOf(route)} }, parseAs: 'text' }))`,
    ])
    write(
      this.program,
      `import createClient from 'openapi-fetch'
import type { paths } from './openapi.ts'

const ofCall = ({ response, data }: { response: Response; data?: unknown }) => ({ status: response.status, data })

export async function calls(baseUrl: string) {
  const client = createClient<paths>({ baseUrl })
  const called: Record<string, { status: number; data: unknown }> = {}
  ${calls.join('\n  ')}
  const query = { batchSize: [4, 'full' as const], epochs: [20] }
  called['a list'] = ofCall(await client.GET('/charts/sweep.svg', { params: { query }, parseAs: 'text' }))
  return called
}
`,
    )
  },
}

/** The name that hey-api gives to a method of a route. */
const functionOf = (method: 'get' | 'head', path: string) =>
  method + path.replaceAll(/\W+(\w)/g, (_, first: string) => first.toUpperCase())

/** hey-api writes a whole client, with a function for each route. */
const heyApi: Generator = {
  program: 'hey-api-calls.ts',
  answers: `import type * as Answers0 from './hey-api/types.gen'
interface Answers { ExperimentResult: Answers0.ExperimentResult; Progress: Answers0.Progress; Health: Answers0.Health }`,
  async write(document, { paths }) {
    write('openapi.json', JSON.stringify(document))
    await createClient({
      input: join(folder, 'openapi.json'),
      output: { path: join(folder, 'hey-api') },
      logs: { level: 'silent' },
    })
    const calls = Object.entries(paths).flatMap(([path, route]) => {
      const isStream = 'text/event-stream' in (route.get.responses['200']?.content ?? {})
      const options = `{ baseUrl, ${queryOf(route)} }`
      return [
        `called['GET ${path}'] = await ${isStream ? 'ofStream' : 'ofCall'}(client.${functionOf('get', path)}(${options}))`,
        `called['HEAD ${path}'] = await ofCall(client.${functionOf('head', path)}(${options}))`,
      ]
    })
    write(
      this.program,
      `import * as client from './hey-api/sdk.gen'

type Answer = { response?: Response; data?: unknown }
const ofCall = async (answer: Promise<Answer>) => {
  const { response, data } = await answer
  return { status: response?.status ?? 0, data: data instanceof Blob ? await data.text() : data }
}
const ofStream = async (answer: Promise<{ stream: AsyncGenerator }>) => {
  const data: unknown[] = []
  for await (const event of (await answer).stream) data.push(event)
  return { status: 200, data }
}

export async function calls(baseUrl: string) {
  const called: Record<string, { status: number; data: unknown }> = {}
  ${calls.join('\n  ')}
  const query = { batchSize: [4, 'full' as const], epochs: [20] }
  called['a list'] = await ofCall(client.getChartsSweepSvg({ baseUrl, query }))
  return called
}
`,
    )
  },
}

export const generators = { 'openapi-typescript': openapiFetch, 'hey-api': heyApi }

/** A place for clients, empty. */
export function clearClients(): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
}

/** What the strict compiler says of a program beside the clients. */
export function complaintsOf(name: string, text?: string): string[] {
  if (text !== undefined) write(name, text)
  const options: ts.CompilerOptions = {
    strict: true,
    noUncheckedIndexedAccess: true,
    target: ts.ScriptTarget.ES2024,
    lib: ['lib.es2024.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  }
  const program = ts.createProgram([join(folder, name)], options)
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ file, messageText }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`)
}

/** Calls every route with a client. */
export async function callAll({ program }: Generator, baseUrl: string): Promise<Record<string, Called>> {
  const { calls } = (await import(pathToFileURL(join(folder, program)).href)) as { calls: Calls }
  return calls(baseUrl)
}
