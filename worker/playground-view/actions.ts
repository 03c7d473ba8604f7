/**
 * What the settings do when a hand moves them. The Worker's page has none: its form is sent. In the browser whatever
 * takes the page over gives it hands.
 */
import { createContext } from 'preact'

import type { ExperimentSpec, SpecField } from '#experiment/spec/spec.ts'

export interface Actions {
  /**
   * Sets a field.
   *
   * @param gesture what moves, by a name that lasts as long as the movement: a drag is one change, not a hundred
   */
  set: <Field extends SpecField>(field: Field, value: ExperimentSpec[Field], gesture?: string) => void
  /** Takes what is typed, as far as it can be read. */
  type: (field: SpecField, text: string) => void
  /** Takes a choice, as its text: each is a change of its own. */
  choose: (field: SpecField, text: string) => void
  /** Sets a field back to its default. */
  reset: (field: SpecField) => void
  /** The movement is over. */
  end: () => void
  /** The spec at the beginning of the movement: a slider goes through the values that it allows. */
  from: () => ExperimentSpec
}

/** The hands of the page, where it has some. */
export const ActionsContext = createContext<Actions | undefined>(undefined)
