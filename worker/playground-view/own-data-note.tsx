/** What the playground says about data of the visitor's own, which only their browser has. */

/** What the Worker cannot do with it. */
export const ownDataInWords =
  'Own data is trained on your device only; the Worker never sees it, so it neither confirms the numbers nor makes files of them.'

/** The button that opens the dialog in which a table is chosen (site/src/client/own-data). */
export function OwnDataButton({ words, isPressed = false }: { words: string; isPressed?: boolean }) {
  return (
    <button
      type="button"
      class="own-data-button scripted"
      data-own-data=""
      aria-pressed={isPressed ? 'true' : undefined}
    >
      {words}
    </button>
  )
}
