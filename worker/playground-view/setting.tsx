/** One setting of the form: its name, value, slider if it has a scale, help text and errors. */
import { useContext } from 'preact/hooks'

import { allowedInWords, stopsOf, type Control } from '#experiment/spec/controls.ts'
import type { Stop } from '#experiment/spec/controls.ts'
import type { FieldError } from '#experiment/spec/errors.ts'
import { sliderSteps, stepOf, valueAfterKey, valueAtStep } from '#experiment/spec/slider.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { ActionsContext } from './actions.ts'
import { AdjustedLine } from './adjusted-setting.tsx'
import { LayersEditor } from './layers-editor.tsx'
import { NextSeed } from './next-seed.tsx'
import { PictureChoice } from './picture-choice.tsx'
import { defaultText, textOf, valueInWords, linkToValue, type SettingsState } from './settings-state.ts'
import { VaryThis } from './vary-this.tsx'

/** The number of characters that fit the input next to a slider or a die at its usual size. */
const mostDigits = 7

interface SettingProps {
  control: Control
  setup: SettingsState
  isChanged: boolean
  /** Whether it is the first invalid setting, which gets the focus. */
  isFirstWrong: boolean
}

/** A setting of the form. */
export function Setting({ control, setup, isChanged, isFirstWrong }: SettingProps) {
  const { field, group, title, help, scale, ends, by, allowed } = control
  const { spec, shown, errors, normalized } = setup
  const id = `set-${field}`
  const wrong = errors.filter((error) => error.field === field)
  const read = normalized.filter((reading) => reading.field === field)
  const adjusted = setup.adjusted?.find((one) => one.field === field)
  const value = spec[field]
  const described = [
    `${id}-help`,
    ...(wrong.length ? [`${id}-wrong`] : []),
    ...(read.length ? [`${id}-read`] : []),
    ...(adjusted ? [`${id}-gave-way`] : []),
  ]
  const attributes = {
    id,
    'aria-describedby': described.join(' '),
    'aria-invalid': wrong.length ? ('true' as const) : undefined,
  }
  const isLocked = shown.lock.includes(field)
  const idle = control.idle?.(spec)
  const looks = [
    'setting',
    group === 'step' && 'setting-main',
    scale && 'setting-scaled',
    (scale || by === 'die') && textOf(setup, field).length > mostDigits && 'setting-long',
    isChanged && 'changed',
  ]
  const isPictured = by === 'picture' && allowed.kind === 'choice'
  return (
    <div
      class={[...looks, by && `setting-by-${by}`].filter(Boolean).join(' ')}
      {...(isPictured ? { ...attributes, role: 'radiogroup', 'aria-labelledby': `${id}-name` } : {})}
    >
      {isPictured ? (
        <>
          <span class="setting-name" id={`${id}-name`}>
            {title}
          </span>
          <PictureChoice
            control={control}
            choices={allowed.words}
            setup={setup}
            isLocked={isLocked}
            autofocus={isFirstWrong}
          />
        </>
      ) : (
        <>
          <label class="setting-name" for={id}>
            {title}
          </label>
          <Entry control={control} setup={setup} common={{ ...attributes, name: field, autofocus: isFirstWrong }} />
        </>
      )}
      {/* A form does not submit disabled inputs. */}
      {isLocked && isChosen(control) && <input type="hidden" name={field} value={textOf(setup, field)} />}
      {by === 'die' && !isLocked && <NextSeed control={control} setup={setup} />}
      {allowed.kind === 'layers' && <LayersEditor control={control} allowed={allowed} setup={setup} />}
      {scale && (typeof value === 'number' || value === 'full') && (
        <div class="setting-slider scripted">
          <Slider control={control} setup={setup} value={value} />
          {ends && (
            <p class="setting-ends" aria-hidden="true">
              {ends.map((end) => (
                <span key={end}>{end}</span>
              ))}
            </p>
          )}
        </div>
      )}
      <span class="setting-tools">
        <Ways control={control} setup={setup} isChanged={isChanged} />
        <VaryThis control={control} setup={setup} />
        <Help id={`${id}-help`} title={title} help={help} isDescribed={idle === undefined} />
      </span>
      {idle && (
        <p class="setting-idle" id={`${id}-help`}>
          {idle}
        </p>
      )}
      {read.map(({ came, as }) => (
        <p class="setting-read" id={`${id}-read`} key={came}>
          {as === '' ? 'Empty, so the default holds.' : `“${came}” was read as ${as}.`}
        </p>
      ))}
      {adjusted && (
        <p class="setting-read" id={`${id}-gave-way`}>
          <AdjustedLine adjusted={adjusted} />
        </p>
      )}
      {wrong.length > 0 && (
        <p class="setting-wrong" id={`${id}-wrong`}>
          {wrong.map((error) => errorInWords(control, spec, error)).join(' ')}
        </p>
      )}
    </div>
  )
}

interface HelpProps {
  id: string
  title: string
  help: string
  /** Whether the text describes the control; where the setting has no effect, the reason does. */
  isDescribed: boolean
}

/** What the setting does, which a question mark shows over what is below, so that nothing moves. */
function Help({ id, title, help, isDescribed }: HelpProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a fold is operated by its summary
    <details
      class="setting-help"
      onFocusOut={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget as Node | null)) currentTarget.open = false
      }}
      onKeyDown={({ key, currentTarget }) => {
        if (key === 'Escape') currentTarget.open = false
      }}
    >
      <summary aria-label={`What is ${title}?`}>?</summary>
      <p id={isDescribed ? id : undefined}>{help}</p>
    </details>
  )
}

/** The slider of a setting with a scale. It needs scripts. */
function Slider({ control, setup, value }: { control: Control; setup: SettingsState; value: Stop }) {
  const actions = useContext(ActionsContext)
  const { field, title } = control
  const { spec, shown } = setup
  const set = (next: Stop, gesture: string) => actions?.set(field, next, `${gesture} ${field}`)
  const onKeyDown = (event: KeyboardEvent) => {
    const next = valueAfterKey(control, value, spec, event)
    if (next === undefined) return
    event.preventDefault()
    set(next, 'keys')
  }
  return (
    <input
      type="range"
      aria-label={`${title}, slider`}
      aria-valuetext={String(value)}
      min={0}
      max={sliderSteps}
      value={stepOf(control, value, spec)}
      disabled={!actions || shown.lock.includes(field) || control.idle?.(spec) !== undefined}
      onInput={({ currentTarget }) => set(valueAtStep(control, currentTarget.value, actions?.from() ?? spec), 'drag')}
      onChange={() => actions?.end()}
      onBlur={() => actions?.end()}
      onKeyDown={onKeyDown}
      onDblClick={() => actions?.reset(field)}
    />
  )
}

interface EntryProps {
  control: Control
  setup: SettingsState
  common: object
}

/** Whether a setting is chosen from a list. */
const isChosen = ({ allowed }: Control) => allowed.kind === 'choice' || allowed.kind === 'flag'

/** The input in which the value is typed or chosen from a list. */
function Entry({ control, setup, common }: EntryProps) {
  const { field, allowed } = control
  const actions = useContext(ActionsContext)
  const text = textOf(setup, field)
  const isLocked = setup.shown.lock.includes(field)
  if (allowed.kind === 'choice' || allowed.kind === 'flag') {
    const choices = allowed.kind === 'choice' ? allowed.words : ['true', 'false']
    return (
      <select
        {...common}
        disabled={isLocked}
        onChange={({ currentTarget }) => actions?.choose(field, currentTarget.value)}
      >
        {choices.map((choice) => (
          <option key={choice} value={choice} selected={choice === text}>
            {valueInWords(control.words, choice)}
          </option>
        ))}
      </select>
    )
  }
  const stops = stopsOf(control, setup.spec)
  const isWhole = allowed.kind === 'whole'
  return (
    <>
      <input
        {...common}
        value={text}
        readOnly={isLocked}
        onInput={({ currentTarget }) => actions?.type(field, currentTarget.value)}
        onBlur={() => actions?.end()}
        inputmode={isWhole ? 'numeric' : allowed.kind === 'real' ? 'decimal' : undefined}
        autocomplete="off"
        spellcheck={false}
        list={stops.length ? `stops-${field}` : undefined}
      />
      {stops.length > 0 && (
        <datalist id={`stops-${field}`}>
          {stops.map((stop) => (
            <option key={stop} value={stop}>
              {stop}
            </option>
          ))}
        </datalist>
      )}
    </>
  )
}

/** The link back to the default if the value differs from it. */
function Ways({ control: { field, title, words }, setup, isChanged }: Omit<SettingProps, 'isFirstWrong'>) {
  const { spec, shown } = setup
  if (shown.lock.includes(field)) return <b class="setting-frozen">frozen</b>
  const back = isChanged ? linkToValue(setup, field) : undefined
  if (!back || !('address' in back)) return null
  return (
    <a
      class="setting-way"
      href={back.address}
      aria-label={`${title} back to ${defaultText(spec, field)}`}
      title={`back to ${valueInWords(words, defaultText(spec, field))}`}
    >
      ↺
    </a>
  )
}

/** The most characters of a wrong value in its error message; the input shows all of it. */
const longestQuote = 40

/** Describes an error and the allowed values: the field's limits given the other settings, or those in the error. */
export function errorInWords(control: Control, spec: ExperimentSpec, { value, expected }: FieldError): string {
  const idle = control.idle?.(spec)
  const shortened = value.length > longestQuote ? `${value.slice(0, longestQuote)}…` : value
  if (idle !== undefined) return `“${shortened}” cannot be used here: ${idle}`
  const allowed = expected === control.description ? allowedInWords(control, spec) : expected
  return `“${shortened}” cannot be used. Allowed: ${allowed}.`
}
