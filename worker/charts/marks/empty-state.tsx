/** The words in place of a chart that cannot be drawn, in as many lines as they need. */
import { round } from '../axes/frame.tsx'
import { boldWidth, wrapped } from '../text/text-width.ts'

const lineHeight = 18

/** The lines of the words, in bold, at a width. */
function linesOf(words: string, width: number): string[] {
  return wrapped(words.split(' '), width / boldWidth)
}

/** The height that the words take at a width. */
export function emptyStateHeight(words: string, width: number): number {
  return linesOf(words, width).length * lineHeight + 10
}

/** Draws the words. */
export function EmptyState({
  words,
  width,
  isDiverged = false,
}: {
  words: string
  width: number
  isDiverged?: boolean
}) {
  return (
    <g>
      {linesOf(words, width).map((line, index) => (
        <text key={line} class={isDiverged ? 'diverged' : 'strong'} x={0} y={round(16 + lineHeight * index)}>
          {line}
        </text>
      ))}
    </g>
  )
}
