/**
 * What the reader's browser can do with an experiment: copy, share, save, write programs. The Worker's page has none of
 * it; whatever takes the page over brings it.
 */
import { createContext } from 'preact'

import type { ExperimentSpec } from '#experiment/spec/spec.ts'

/** An experiment as a program for a library. */
export interface Program {
  language: string
  /** What must be installed, as a command. */
  install: string
  /** The name of a file to save it in, and the command that then runs it. */
  file: string
  command: string
  code: string
}

export interface Device {
  /** Puts a text on the clipboard; says whether that went well. */
  copy: (text: string) => Promise<boolean>
  /** Opens the system's own sheet for sharing, where it has one. */
  share?: (title: string, url: string) => Promise<void>
  /** Saves the chart at an address as a PNG file; says whether that went well. */
  savePng: (address: string, name: string) => Promise<boolean>
  /** The programs of an experiment. */
  programsOf: (spec: ExperimentSpec) => Promise<readonly Program[]>
}

/** The device of the page, where it has one. */
export const DeviceContext = createContext<Device | undefined>(undefined)
