/** The renderer's WebAssembly module in Node: compiled from its file. */
import { readFile } from 'node:fs/promises'

export const loadRenderer = async (): Promise<WebAssembly.Module> =>
  WebAssembly.compile(await readFile(new URL(import.meta.resolve('@resvg/resvg-wasm/index_bg.wasm'))))
