/**
 * The drawer below the pictures: panels of which at most one is open. Without scripts the tabs are links to the panels,
 * which then stand below each other.
 */
import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'

/** The names of the panels in their order. */
export const drawerTitles = {
  numbers: 'Numbers',
  map: 'Map',
  update: 'One update',
  network: 'Network',
  noise: 'Gradient noise',
  runs: 'Runs',
  code: 'Code',
  share: 'Share',
} as const
export type DrawerPanel = keyof typeof drawerTitles

interface DrawerProps {
  /** What the panels contain; those that are missing have no tab. */
  panels: Partial<Record<DrawerPanel, ComponentChildren>>
  open: DrawerPanel | undefined
  /** Opens a panel, or closes the drawer. Undefined before the page is live. */
  onOpen?: ((panel: DrawerPanel | undefined) => void) | undefined
}

/** The tabs and the open panel. */
export function Drawer({ panels, open, onOpen }: DrawerProps) {
  const ref = useRef<HTMLDivElement>(null)
  const names = (Object.keys(drawerTitles) as DrawerPanel[]).filter((name) => panels[name])
  const focusTab = (index: number) => {
    const tabs = ref.current?.querySelectorAll<HTMLElement>('.drawer-tabs a')
    tabs?.[(index + names.length) % names.length]?.focus()
  }
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const to = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: names.length - 1 }[event.key]
    if (to === undefined && event.key !== ' ') return
    event.preventDefault()
    if (to === undefined) onOpen?.(names[index] === open ? undefined : names[index])
    else focusTab(to)
  }
  const live = onOpen !== undefined
  return (
    <section class="drawer" aria-label="A closer look">
      <div class="drawer-tabs" ref={ref} role={live ? 'tablist' : undefined}>
        {names.map((name, index) => (
          <a
            key={name}
            id={`tab-${name}`}
            href={`#${name}`}
            role={live ? 'tab' : undefined}
            aria-selected={live ? name === open : undefined}
            aria-controls={live && name === open ? name : undefined}
            tabIndex={live && name !== (open ?? names[0]) ? -1 : undefined}
            onClick={(event) => {
              if (!live) return
              event.preventDefault()
              onOpen(name === open ? undefined : name)
            }}
            onKeyDown={(event) => live && onKeyDown(event, index)}
          >
            {drawerTitles[name]}
          </a>
        ))}
      </div>
      {names
        .filter((name) => !live || name === open)
        .map((name) => (
          <div
            key={name}
            id={name}
            class={live ? 'drawer-panel is-open' : 'drawer-panel'}
            role={live ? 'tabpanel' : undefined}
            aria-labelledby={`tab-${name}`}
            tabIndex={live ? 0 : undefined}
          >
            {panels[name]}
          </div>
        ))}
    </section>
  )
}
