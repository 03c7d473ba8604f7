/**
 * The beginning of the first screen: a choice that stands in the address is made, and what trains is fetched when the
 * reader first touches the controls, or came by a link to something that must be trained.
 */
const thesis = document.querySelector<HTMLElement>('.thesis')
const asked = new URLSearchParams(location.search)
const size = asked.get('batchSize')
const built = thesis?.querySelector<HTMLInputElement>(`[type=radio][value="${CSS.escape(size ?? '')}"]`)
if (built) built.checked = true

let island: Promise<void> | undefined
/** Without the island the page stays as it was built. */
const startThesis = () => {
  island ??= import('./island.ts').then(({ mountHero }) => mountHero(thesis!))
}
for (const touch of ['pointerover', 'focusin', 'wake']) thesis?.addEventListener(touch, startThesis)
if (asked.has('learningRate') || (size && !built)) startThesis()
