/**
 * Runs the Keras and PyTorch programs of the tables, of spirals and of the fields of the data, as a reader would, and
 * keeps what they print in `test/golden/dataset-programs.json`. Every program must give its network the examples that our
 * networks get: it also prints the largest difference of its inputs from ours, in units in the last place of float32,
 * and how many of its labels differ.
 *
 *   npm run programs:datasets -- --python venv/bin/python --seeds 2
 *
 * The programs read tables from a server of `site/public`, in place of the site.
 */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'

import { splitOf } from '#datasets/split.ts'
import { permalink } from '#experiment/spec/permalink.ts'
import { completeSpec, type ExperimentSpec } from '#experiment/spec/spec.ts'

import { datasetPrograms, type KeptDatasetRun } from './dataset-programs.ts'
import { libraries, programOf, type Library } from './kept.ts'

const { values: options } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    seeds: { type: 'string', default: '1' },
    libraries: { type: 'string', default: libraries.join(',') },
    file: { type: 'string', default: new URL('../golden/dataset-programs.json', import.meta.url).pathname },
  },
})

const folder = mkdtempSync(join(tmpdir(), 'datasets-'))
const server = createServer((request, response) => {
  response.end(readFileSync(new URL(`../../site/public${request.url}`, import.meta.url)))
}).listen(0)
const { port } = server.address() as AddressInfo
const run = promisify(execFile)
const quiet = { TF_CPP_MIN_LOG_LEVEL: '3', CUDA_VISIBLE_DEVICES: '', OMP_NUM_THREADS: '1' }

/** What a program also prints at its end: how far its examples are from ours, which lie beside it. */
const comparison = `
mine = np.concatenate([np.asarray(train_x), np.asarray(test_x)]).astype("float32").ravel()
ours = np.fromfile("inputs", "float32")
print("inputs", np.max(np.abs(mine - ours) / np.spacing(np.abs(ours))) if mine.shape == ours.shape else "of another shape")
print("labels", int(np.sum(np.concatenate([np.asarray(train_y), np.asarray(test_y)]) != np.fromfile("labels", "uint8"))))
`

async function runProgram(spec: ExperimentSpec, library: Library): Promise<KeptDatasetRun> {
  const { train, test } = splitOf(spec)
  writeFileSync(join(folder, 'inputs'), Float32Array.of(...train.inputs, ...test.inputs))
  writeFileSync(join(folder, 'labels'), Uint8Array.of(...train.labels, ...test.labels))
  const code = programOf(spec, library).code.replaceAll(
    'https://minibatch.example/data/',
    `http://localhost:${port}/data/`,
  )
  writeFileSync(join(folder, 'program.py'), code + comparison)
  const { stdout } = await run(options.python, ['program.py'], { cwd: folder, env: { ...process.env, ...quiet } })
  const printed = (name: string) => {
    const line = stdout.split('\n').findLast((one) => one.startsWith(`${name} `))
    const value = Number(line?.slice(name.length + 1))
    if (line === undefined || !Number.isFinite(value)) throw new Error(`${library} printed no ${name}:\n${stdout}`)
    return Number(value.toPrecision(6))
  }
  return {
    seed: spec.seed,
    train: printed('train accuracy'),
    test: printed('test accuracy'),
    instability: printed('instability'),
    inputsUlp: printed('inputs'),
    wrongLabels: printed('labels'),
  }
}

type Kept = Record<string, Partial<Record<Library, { program: string; runs: KeptDatasetRun[] }>>>
const kept: Kept = existsSync(options.file) ? (JSON.parse(readFileSync(options.file, 'utf8')) as Kept) : {}
try {
  for (let seed = 1; seed <= Number(options.seeds); seed++)
    for (const library of libraries.filter((name) => options.libraries.split(',').includes(name)))
      for (const given of datasetPrograms) {
        const spec = completeSpec(given)
        const program = createHash('sha256').update(programOf(spec, library).code).digest('hex')
        const ofSpec = (kept[permalink(spec)] ??= {})
        // Another program's runs are no longer of this one.
        if (ofSpec[library]?.program !== program) ofSpec[library] = { program, runs: [] }
        const { runs } = ofSpec[library]
        if (runs.some((one) => one.seed === seed)) continue
        runs.push(await runProgram({ ...spec, seed }, library))
        writeFileSync(options.file, `${JSON.stringify(kept, null, 2)}\n`)
        console.log(library, permalink(spec), JSON.stringify(runs.at(-1)))
      }
} finally {
  rmSync(folder, { recursive: true })
  server.close()
}
