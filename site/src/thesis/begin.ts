/**
 * The beginning of the first screen: a choice that stands in the address is made, and what trains is fetched when the
 * reader first touches the controls, or came by a link to something that must be trained.
 */
const thesis = document.querySelector<HTMLElement>('.thesis')
const asked = new URLSearchParams(location.search)
const size = asked.get('batchSize')
const dial = Array.from(thesis?.querySelectorAll<HTMLInputElement>('[type=radio]') ?? [])
const built = dial.find(({ value }) => value === size)
if (built) built.checked = true

let isStarted = false
/** Without the island the page stays as it was built. */
async function startThesis(): Promise<void> {
  if (isStarted || !thesis) return
  isStarted = true
  const { mount } = await import('./island.ts')
  mount(thesis)
}
for (const touch of ['pointerover', 'focusin', 'input', 'wake'])
  thesis?.addEventListener(touch, () => void startThesis())
if (asked.has('learningRate') || (size !== null && !built)) void startThesis()
