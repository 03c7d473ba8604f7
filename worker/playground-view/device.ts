/**
 * The context of browser capabilities: copying, sharing, saving images and generating programs. The code that takes the
 * page over provides them; the Worker's page has none.
 */
import { createContext } from 'preact'

import type { ExperimentSpec } from '#experiment/spec/spec.ts'

/** The media type of Jupyter notebooks. */
export const notebookType = 'application/x-ipynb+json'

/** An experiment as a program for a machine learning library. */
export interface Program {
  language: string
  /** The command that installs the required packages. */
  install: string
  /** The name of the file to save it in, and the command that runs it. */
  file: string
  command: string
  code: string
  /** The same as a Jupyter notebook, which also draws the curves; of Python programs. */
  notebook?: { file: string; text: string }
}

export interface Device {
  /** Copies a text to the clipboard; returns whether that succeeded. */
  copy: (text: string) => Promise<boolean>
  /** Opens the system's share sheet, if there is one. */
  share?: (title: string, url: string) => Promise<void>
  /** Saves the chart at an address as a PNG file; returns whether that succeeded. */
  savePng: (address: string, name: string) => Promise<boolean>
  /** Saves a text as a file. */
  saveText: (text: string, name: string, type: string) => void
  /** Generates the programs of an experiment. */
  programsOf: (spec: ExperimentSpec) => Promise<readonly Program[]>
}

/** The browser capabilities of the page, if it has scripts. */
export const DeviceContext = createContext<Device | undefined>(undefined)
