/** Prints the golden experiments' fingerprints, for a Node that was started with flags of V8. */
import { fingerprints } from './fingerprints.ts'

console.log(JSON.stringify(await fingerprints(process.argv.slice(2))))
