/** The kernel's module in Node: compiled from its file. */
import { readFileSync } from 'node:fs'

export const kernelModule = new WebAssembly.Module(readFileSync(new URL(import.meta.resolve('#kernel.wasm'))))
