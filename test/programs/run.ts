/**
 * Runs the Keras and PyTorch programs of the reports as a reader would, each seed in a process of its own, and keeps
 * what they print in `site/src/build/reports/libraries.json`, after every run. What is there already, of the same program and
 * the same versions, is not run again.
 *
 *   python -m venv venv && venv/bin/pip install tensorflow-cpu torch scikit-learn
 *   npm run programs -- --python venv/bin/python --seeds 5
 *   npm run programs -- --python venv/bin/python --seeds 20 --presets batch-size-256,batch-size-450 --libraries PyTorch
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual, parseArgs } from 'node:util'

import { presets } from '#experiment/spec/presets.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import {
  about,
  libraries,
  programOf,
  startOf,
  type Kept,
  type Library,
  type LibraryRun,
  type LibraryState,
} from './kept.ts'

const { values: options } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    seeds: { type: 'string', default: '5' },
    presets: { type: 'string', default: presets.map(({ slug }) => slug).join(',') },
    libraries: { type: 'string', default: libraries.join(',') },
    file: {
      type: 'string',
      default: new URL('../../site/src/build/reports/libraries.json', import.meta.url).pathname,
    },
  },
})

/** The names that an option lists, each one of those that there are. */
function namesIn<Name extends string>(option: 'presets' | 'libraries', known: readonly Name[]): Name[] {
  const isKnown = (name: string): name is Name => known.some((other) => other === name)
  return options[option].split(',').map((name) => {
    if (!isKnown(name)) throw new Error(`--${option}: ${name} is none of ${known.join(', ')}`)
    return name
  })
}

const chosenLibraries = namesIn('libraries', libraries)
const slugs = namesIn(
  'presets',
  presets.map(({ slug }) => slug),
)
const chosenPresets = presets.filter(({ slug }) => slugs.includes(slug))
const seeds = Number(options.seeds)
if (!Number.isInteger(seeds) || seeds < 1) throw new Error(`--seeds: ${options.seeds} is no whole number from 1 on`)

/** One thread: so small a network is slower with more, and the seconds are then those of one processor. */
const threads = { OMP_NUM_THREADS: '1', TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1' }
const quiet = { TF_CPP_MIN_LOG_LEVEL: '3', CUDA_VISIBLE_DEVICES: '' }
/** Runs a program, and says last how many seconds of processor time it took. */
const timer = `import resource, subprocess, sys
code = subprocess.run([sys.executable, sys.argv[1]]).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print("seconds", used.ru_utime + used.ru_stime)
sys.exit(code)`

const folder = mkdtempSync(join(tmpdir(), 'programs-'))

/** Runs a program, and returns the lines that it printed. */
function run(code: string): string[] {
  const file = join(folder, 'program.py')
  writeFileSync(file, code)
  const printed = execFileSync(options.python, ['-c', timer, file], {
    encoding: 'utf8',
    env: { ...process.env, ...threads, ...quiet },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return printed.trim().split('\n')
}

/** What follows a name at the beginning of a line. */
function printedAs(name: string, lines: readonly string[]): string {
  const line = lines.findLast((one) => one.startsWith(`${name} `))
  if (line === undefined) throw new Error(`the program printed no ${name}, only:\n${lines.join('\n')}`)
  return line.slice(name.length + 1)
}

/** A number that a program printed, with so many decimals. */
function numberIn(lines: readonly string[], name: string, decimals: number): number {
  const text = printedAs(name, lines)
  if (!Number.isFinite(Number(text))) throw new Error(`the program printed as ${name} no number but ${text}`)
  return Number(Number(text).toFixed(decimals))
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex')

/** The versions of what a program imports, and the seconds that it takes to start. */
function stateOf(library: Library): LibraryState {
  const packages = ['numpy', 'sklearn', ...{ Keras: ['keras', 'tensorflow'], PyTorch: ['torch'] }[library]]
  const lines = run(packages.map((name) => `import ${name}\nprint("${name}", ${name}.__version__)\n`).join(''))
  return {
    versions: Object.fromEntries(packages.map((name) => [name, printedAs(name, lines)])),
    startSeconds: numberIn(run(startOf(library)), 'seconds', 1),
  }
}

function read(): Kept {
  if (!existsSync(options.file)) return { about, machine: '', python: '', libraries: {}, runs: {} }
  return JSON.parse(readFileSync(options.file, 'utf8')) as Kept
}

/** What a program of one seed prints. */
function runOf(library: Library, spec: ExperimentSpec): LibraryRun {
  const lines = run(programOf(spec, library).code)
  const reached = printedAs('first epoch at 0.80', lines)
  return {
    seed: spec.seed,
    train: numberIn(lines, 'train accuracy', 6),
    test: numberIn(lines, 'test accuracy', 6),
    instability: numberIn(lines, 'instability', 8),
    epochsTo80: reached === 'not reached' ? null : Number(reached),
    seconds: numberIn(lines, 'seconds', 1),
  }
}

/** Runs one seed of a preset, unless it is kept already, be it by another name: two presets are the same experiment. */
function runSeed(kept: Kept, library: Library, { slug, spec }: { slug: string; spec: ExperimentSpec }, seed: number) {
  const program = hash(programOf(spec, library).code)
  const ofPreset = (kept.runs[slug] ??= {})
  // Another program's runs are no longer of this one.
  if (ofPreset[library]?.program !== program) ofPreset[library] = { program, runs: [] }
  const { runs } = ofPreset[library]
  if (runs.some((one) => one.seed === seed)) return
  const twin = Object.values(kept.runs)
    .flatMap((other) => (other[library]?.program === program ? other[library].runs : []))
    .find((one) => one.seed === seed)
  const found = twin ?? runOf(library, { ...spec, seed })
  runs.push(found)
  runs.sort((a, b) => a.seed - b.seed)
  writeFileSync(options.file, `${JSON.stringify(kept, null, 2)}\n`)
  console.log(library, slug, JSON.stringify(found))
}

const kept = read()
kept.about = about
kept.machine = cpus()[0]?.model.trim() ?? 'an unknown machine'
kept.python = execFileSync(options.python, ['-c', 'import platform; print(platform.python_version())'], {
  encoding: 'utf8',
}).trim()
try {
  for (const library of chosenLibraries) {
    const state = stateOf(library)
    // Other versions are another library: all begins anew.
    if (kept.libraries[library] && !isDeepStrictEqual(kept.libraries[library].versions, state.versions))
      for (const ofPreset of Object.values(kept.runs)) delete ofPreset[library]
    kept.libraries[library] = state
  }
  // Seed by seed, so that all presets have about as many wherever it is stopped.
  for (let seed = 1; seed <= seeds; seed++)
    for (const preset of chosenPresets) for (const library of chosenLibraries) runSeed(kept, library, preset, seed)
} finally {
  rmSync(folder, { recursive: true })
}
