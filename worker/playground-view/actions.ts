/**
 * The context of actions that change settings. In the browser, the code that takes the page over provides them. The
 * Worker's page has none, because its form is submitted.
 */
import { createContext } from 'preact'

import type { ExperimentSpec, SpecField } from '#experiment/spec/spec.ts'

export interface Actions {
  /**
   * Sets a field.
   *
   * @param gesture an identifier of the current gesture: all changes of one drag count as a single change
   */
  set: <Field extends SpecField>(field: Field, value: ExperimentSpec[Field], gesture?: string) => void
  /** Handles typed text, as far as it can be parsed. */
  type: (field: SpecField, text: string) => void
  /** Handles a choice, given as its text; each choice is a separate change. */
  choose: (field: SpecField, text: string) => void
  /** Sets a field back to its default. */
  reset: (field: SpecField) => void
  /** Puts a field into the map, or takes it out. */
  vary: (field: SpecField) => void
  /** Ends the current gesture. */
  end: () => void
  /** The spec at the start of the current gesture, which determines the range of a slider. */
  from: () => ExperimentSpec
}

/** The actions of the page, if it has any. */
export const ActionsContext = createContext<Actions | undefined>(undefined)
