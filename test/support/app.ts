/**
 * The Worker's application in Node, on bindings that a test can look into. For all that needs no page of the site: those
 * are filled by workerd's HTMLRewriter, and tested there.
 */
import { createApp } from '../../worker/http/app.ts'

/** Workers KV in memory: what has been kept, by digest. */
type Kept = Map<string, { value: ArrayBuffer; metadata: unknown }>

interface AppOptions {
  /** `TRAININGS`, as an operator sets it. */
  trainings?: string
  /** Whether the rate limit lets the next training begin. */
  isWithinRate?: () => boolean
  /** What earlier isolates kept. */
  kept?: Kept
  /** The name of the deployment; or a binding that is broken. */
  deployment?: string | { id: string }
  /** What KV has for the operator's switch. */
  switched?: () => string | null
  /** The site's files. */
  assets?: { fetch: (url: URL, init: RequestInit) => Promise<Response> }
}

export const origin = 'http://minibatch.test'

export function startApp({
  trainings = 'unlimited',
  isWithinRate = () => true,
  kept = new Map(),
  deployment = 'd1',
  switched = () => null,
  assets,
}: AppOptions = {}) {
  const app = createApp()
  /** The keys under which trainings were counted, one a training that was let in or refused. */
  const counted: string[] = []
  const background: Promise<unknown>[] = []
  const env = {
    TRAININGS: trainings,
    VERSION: typeof deployment === 'string' ? { id: deployment } : deployment,
    ASSETS: assets,
    TRAINING_RATE: {
      limit: async ({ key }: { key: string }) => {
        counted.push(key)
        return { success: isWithinRate() }
      },
    },
    RESULTS: {
      get: async () => switched(),
      getWithMetadata: async (key: string) => ({
        value: kept.get(key)?.value.slice() ?? null,
        metadata: kept.get(key)?.metadata ?? null,
      }),
      put: async (key: string, value: ArrayBuffer, { metadata }: { metadata: unknown }) =>
        void kept.set(key, { value: value.slice(), metadata }),
    },
  }
  const context = {
    waitUntil: (work: Promise<unknown>) => void background.push(work),
    passThroughOnException() {},
    props: {},
  }
  return {
    counted,
    kept,
    /** Asks for a path, or a whole address; `cf` is what Cloudflare tells of the client. */
    get: async (path: string, init?: RequestInit, cf?: object): Promise<Response> =>
      app.fetch(Object.assign(new Request(new URL(path, origin), init), { cf }), env, context),
    /** What goes on after the answers. */
    settled: () => Promise.all(background),
    /** Asks with a request as it is. */
    fetch: async (request: Request): Promise<Response> => app.fetch(request, env, context),
  }
}

export type StartedApp = ReturnType<typeof startApp>

export const header = (response: Response, name: string): string | null => response.headers.get(name)
