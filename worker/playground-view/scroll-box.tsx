/**
 * Something that may be wider than the screen, and then scrolls by itself.
 */
import type { ComponentChildren } from 'preact'

/** A region that a keyboard can reach, to scroll it. */
export function ScrollBox({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without focus it cannot be scrolled by keys
    <div class="scroll" role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  )
}
