/**
 * A table in the fragment of a link, which no server sees: the canonical text, compressed and in base64url. Only small
 * tables fit.
 */

/** The most bytes of a compressed table in a link. */
export const mostLinkBytes = 16_000
const key = 'table='

/** Whether the browser can compress: Safari since 16.4, Firefox since 113. */
export const canCompress = (): boolean => 'CompressionStream' in globalThis

/** The fragment with a table; undefined if it is too large. */
export async function tableFragment(canonical: string): Promise<string | undefined> {
  const bytes = await through(new Blob([canonical]), new CompressionStream('deflate-raw'))
  if (bytes.length > mostLinkBytes) return undefined
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return `#${key}${btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`
}

/** The canonical text in a fragment; undefined if there is none, or it is damaged. */
export async function tableOfFragment(fragment: string): Promise<string | undefined> {
  const text = fragment.startsWith(`#${key}`) ? fragment.slice(key.length + 1) : undefined
  if (!text || text.length > 2 * mostLinkBytes) return undefined
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (character) => character.codePointAt(0)!)
    return new TextDecoder().decode(await through(new Blob([bytes]), new DecompressionStream('deflate-raw')))
  } catch {
    return undefined
  }
}

async function through(content: Blob, stream: GenericTransformStream): Promise<Uint8Array> {
  return new Uint8Array(await new Response(content.stream().pipeThrough(stream)).arrayBuffer())
}
