/** Lets a page compute the golden experiments' fingerprints. */
import { fingerprints } from './fingerprints.ts'

Object.assign(globalThis, { fingerprints })
