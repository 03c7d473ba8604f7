/**
 * The settings of an experiment as a form that leads to its permalink, with every field of the spec in the article's
 * order. Rarely changed groups are collapsed and summarize what differs from the tutorial.
 */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'

import { Memo } from '#charts/memo.tsx'
import { isSetting, settingInWords } from '#charts/text/experiment-names.ts'
import { controlOf, controls, groups, stopsOf, type Control, type Group } from '#experiment/spec/controls.ts'
import { specQuery } from '#experiment/spec/permalink.ts'
import type { SpecField } from '#experiment/spec/spec.ts'
import { limitsOf } from '#methods/datasets.ts'

import { viewQuery } from './address.ts'
import { Setting } from './setting.tsx'
import { changedIn, startAddress, textOf, valueInWords, type SettingsState } from './settings-state.ts'

/** The form. */
export function Settings({ setup }: { setup: SettingsState }) {
  const { spec, shown } = setup
  const changed = Object.keys(changedIn(spec))
  const back = startAddress(setup)
  const isAtStart = changed.every((field) => shown.lock.includes(field as SpecField))
  return (
    <form class="settings" action="/playground" aria-label="Settings">
      {(Object.keys(groups) as Group[]).map((group) => (
        <SettingGroup key={group} group={group} setup={setup} changed={changed} />
      ))}
      {/* The spec that the form started with, so that untouched settings keep following their defaults. */}
      <input type="hidden" name="from" value={String(specQuery(spec))} />
      {[...viewQuery(shown)].map(([key, value]) => (
        <input key={key} type="hidden" name={key} value={value} />
      ))}
      <p class="settings-end">
        <button>Train</button>
        {!isAtStart && back !== undefined && <a href={back}>back to the tutorial’s settings</a>}
      </p>
    </form>
  )
}

interface SettingGroupProps {
  group: Group
  setup: SettingsState
  changed: readonly string[]
}

function SettingGroup({ group, setup, changed }: SettingGroupProps) {
  const { title, isFolded } = groups[group]
  const own = controls.filter((control) => control.group === group)
  const isWrong = (field: string) => setup.errors.some((error) => error.field === field)
  const isRead = (field: string) => setup.normalized.some((reading) => reading.field === field)
  const firstWrong = controls.find(({ field }) => isWrong(field))?.field
  const settings = own.map((control) => {
    const isChanged = changed.includes(control.field)
    const isFirstWrong = control.field === firstWrong
    return (
      <Memo key={control.field} of={[...dependenciesOf(control, setup, isChanged), isFirstWrong]}>
        {() => <Setting control={control} setup={setup} isChanged={isChanged} isFirstWrong={isFirstWrong} />}
      </Memo>
    )
  })
  if (!isFolded)
    return (
      <fieldset class={`settings-${group}`}>
        <legend>{title}</legend>
        {settings}
      </fieldset>
    )
  const count = own.filter(({ field }) => changed.includes(field)).length
  return (
    <Foldable
      name={group}
      isMentioned={own.some(({ field }) => isWrong(field) || isRead(field))}
      opened={setup.normalized}
    >
      <summary>
        <b>{title}</b> <span class="settings-summary">{summaryOf(group, setup)}</span>{' '}
        {count > 0 && <span class="settings-count">{count} changed</span>}
      </summary>
      {settings}
    </Foldable>
  )
}

interface FoldableProps {
  name: Group
  /** Whether one of its settings has a message. */
  isMentioned: boolean
  /** Changes whenever another address is opened. */
  opened: unknown
  children: ComponentChildren
}

/**
 * A collapsible group. It opens if the page, or an address that is opened later, has a message about one of its
 * settings. From then on only the reader opens or closes it, never their typing.
 */
function Foldable({ name, isMentioned, opened, children }: FoldableProps) {
  const ref = useRef<HTMLDetailsElement>(null)
  // Constant across renderings, so that the element in the page keeps its state.
  const [isOpen] = useState(isMentioned)
  useEffect(() => {
    if (isMentioned && ref.current) ref.current.open = true
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- what is mentioned while one types opens nothing
  }, [opened])
  return (
    <details ref={ref} class={`settings-${name}`} open={isOpen}>
      {children}
    </details>
  )
}

/**
 * The dependencies of a setting's rendering. While one setting moves, most others are not rendered again; those that
 * link to another experiment always are.
 */
function dependenciesOf(control: Control, setup: SettingsState, isChanged: boolean): unknown[] {
  const { field, by } = control
  const { spec, shown, errors, normalized } = setup
  const own = (one: { field: string }) => one.field === field
  return [
    textOf(setup, field),
    spec[field],
    isChanged,
    shown.lock.includes(field),
    String(shown.map?.vary),
    // The range of the slider given the other settings, its suggestions, and whether it has an effect.
    String(control.range?.(spec)),
    String(stopsOf(control, spec)),
    control.idle?.(spec),
    JSON.stringify([errors.filter(own), normalized.filter(own)]),
    setup.adjusted?.find(own),
    isChanged || by === 'die' ? setup : undefined,
  ]
}

/** The summary of a collapsed group: `3 blobs, noise 2`, or `digits, 1797 examples`. */
function summaryOf(group: Group, setup: SettingsState): string {
  const { spec } = setup
  const words = (field: 'activation' | 'engine') => valueInWords(controlOf(field).words, textOf(setup, field))
  if (group === 'data')
    return limitsOf(spec).isTable
      ? `${spec.dataset === 'own' ? 'own data' : spec.dataset}, ${spec.examples} examples`
      : `${spec.classes} ${spec.dataset}, noise ${spec.noise}`
  if (group === 'remedies') {
    const used = Object.keys(changedIn(spec))
      .filter(isSetting)
      .filter((field) => controlOf(field).group === group)
    return used.map((field) => settingInWords(spec, field)).join(', ') || 'none'
  }
  if (group === 'network')
    return spec.hiddenUnits === 'none' ? 'no hidden layer' : `${spec.hiddenUnits} ${words('activation')}`
  return [
    spec.shuffle ? 'shuffled' : 'not shuffled',
    `seed ${spec.seed}`,
    ...('engine' in changedIn(spec) ? [words('engine')] : []),
  ].join(', ')
}
