/** A script for a page with everything that it loads, as the site's build makes it. */
import { build, type Rolldown } from 'vite'

/** The files of a bundle: their bytes by the path at which the site would serve them. */
export interface Bundle {
  /** The path of the script that the page loads. */
  script: string
  files: ReadonlyMap<string, Uint8Array>
}

/** Bundles a file of this folder. */
export async function bundle(file: string): Promise<Bundle> {
  const { output } = (await build({
    configFile: false,
    logLevel: 'error',
    worker: { format: 'es' },
    build: {
      write: false,
      target: 'esnext',
      assetsDir: '_astro',
      assetsInlineLimit: 0,
      rolldownOptions: { input: `test/support/${file}` },
    },
  })) as Rolldown.RolldownOutput
  const files = new Map(
    output.map((one) => [`/${one.fileName}`, Buffer.from(one.type === 'chunk' ? one.code : one.source)]),
  )
  const entry = output.find((one) => one.type === 'chunk' && one.isEntry)!
  return { script: `/${entry.fileName}`, files }
}

/** What a file of the site is served as. */
export function contentType(path: string): string {
  if (path.endsWith('.bin')) return 'application/octet-stream'
  return path.endsWith('.wasm') ? 'application/wasm' : 'text/javascript'
}
