/** Compression and decompression of bytes with gzip, by the runtime's own streams. */

type Bytes = Uint8Array<ArrayBuffer>

/** Compresses bytes. */
export function gzip(bytes: Bytes): Promise<Bytes> {
  return through(bytes, new CompressionStream('gzip'))
}

/**
 * Decompresses bytes.
 *
 * @throws TypeError if they are not in gzip format
 */
export function gunzip(bytes: Bytes): Promise<Bytes> {
  return through(bytes, new DecompressionStream('gzip'))
}

async function through(bytes: Bytes, codec: CompressionStream | DecompressionStream): Promise<Bytes> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(codec)).arrayBuffer())
}
