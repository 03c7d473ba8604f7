/**
 * What is kept of the runs of the real libraries: `site/src/build/reports/libraries.json`.
 */
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import type { Program } from '#playground-view/device.ts'

import { programsOf } from '../../site/src/programs/programs.ts'

/** The libraries whose programs are run. */
export const libraries = ['Keras', 'PyTorch'] as const
export type Library = (typeof libraries)[number]

/** One run, as its program printed it. */
export interface LibraryRun {
  seed: number
  train: number
  test: number
  instability: number
  /** Null where a test accuracy of 0.80 was not reached. */
  epochsTo80: number | null
  /** Seconds of processor time, with the start of the library. */
  seconds: number
}

/** What a library is, and how many seconds of processor time its start takes. */
export interface LibraryState {
  versions: Record<string, string>
  startSeconds: number
}

/** The whole file. */
export interface Kept {
  about: string
  machine: string
  python: string
  libraries: Partial<Record<Library, LibraryState>>
  /** By preset and library: the SHA-256 of the program of the preset's own seed, and its runs. */
  runs: Record<string, Partial<Record<Library, { program: string; runs: LibraryRun[] }>>>
}

/** What the file says of itself. */
export const about =
  'What the Keras and PyTorch programs of the reports print, each seed from 1 on run in a process of its own by `npm run programs`. Each program has as many runs as there was time for: a run takes from seconds to minutes. Seconds are processor time, with the start of the library.'

/** The program of a spec's first run, as it is in the reports of a site of this name. */
export function programOf(spec: ExperimentSpec, library: Library): Program {
  return programsOf(spec, 'https://minibatch.example').find(({ language }) => language === library)!
}

/** A program that only starts a library. */
export function startOf(library: Library): string {
  return `import numpy\nimport sklearn.datasets\nimport ${{ Keras: 'keras', PyTorch: 'torch' }[library]}\n`
}
