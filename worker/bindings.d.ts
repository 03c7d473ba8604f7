/**
 * The Worker's bindings, as `wrangler.toml` declares them; `test/unit/deployment/bindings.test.ts` compares both. The types
 * of the runtime come from `@cloudflare/workers-types`, so nothing has to be generated after `npm ci`.
 */
declare namespace Cloudflare {
  /** What the Worker exports: tests call `exports.default.fetch`. */
  interface GlobalProps {
    mainModule: typeof import('./index.ts')
  }
  interface Env {
    /** The numbers of experiments, by digest. */
    RESULTS: KVNamespace
    /** The platform's rate limit for new trainings. */
    TRAINING_RATE: RateLimit
    /** Identifies the deployment. */
    VERSION: WorkerVersionMetadata
    /** The built site. */
    ASSETS: Fetcher
    /** Whether new experiments are trained: `limited`, `unlimited` or `off`. */
    TRAININGS: string
  }
}

interface Env extends Cloudflare.Env {}
