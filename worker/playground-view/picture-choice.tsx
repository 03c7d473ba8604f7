/**
 * A choice by thumbnails, made of radio buttons, so that a form without JavaScript submits it and the keyboard can
 * operate it.
 */
import { useContext } from 'preact/hooks'

import type { Control } from '#experiment/spec/controls.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { ActionsContext } from './actions.ts'
import { Thumbnail } from './dataset-thumbnails.tsx'
import { OwnDataButton } from './own-data-note.tsx'
import { textOf, valueInWords, type SettingsState } from './settings-state.ts'

interface PictureChoiceProps {
  control: Control
  choices: readonly string[]
  setup: SettingsState
  isLocked: boolean
  /** Whether it gets the focus when the page opens. */
  autofocus: boolean
}

/** The radio buttons; the surrounding setting labels the group. */
export function PictureChoice({ control: { field, words }, choices, setup, isLocked, autofocus }: PictureChoiceProps) {
  const actions = useContext(ActionsContext)
  const text = textOf(setup, field)
  const isOwn = text === 'own'
  return (
    <div class="picture-choice">
      {choices.map((choice, index) => (
        <label key={choice}>
          <input
            type="radio"
            name={field}
            value={choice}
            checked={choice === text}
            disabled={isLocked}
            autofocus={autofocus && index === 0}
            onChange={() => actions?.choose(field, choice)}
          />
          <Thumbnail dataset={choice as ExperimentSpec['dataset']} />
          <span>{valueInWords(words, choice)}</span>
        </label>
      ))}
      {!isLocked && (
        <OwnDataButton words={isOwn ? 'your data: another table or choice …' : 'your own data …'} isPressed={isOwn} />
      )}
    </div>
  )
}
