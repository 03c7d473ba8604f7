/** The web worker: the kernel is compiled once, while it loads. */
import { serve, type Port } from './serve.ts'

serve(globalThis as unknown as Port)
