/** Figures that go through a run: what trains and draws them is fetched when one is first touched. */
for (const figure of document.querySelectorAll<HTMLElement>('[data-scrub]')) {
  let island: Promise<void> | undefined
  const start = () => {
    island ??= import('./island.ts').then(({ mountScrubber }) => mountScrubber(figure))
  }
  for (const touch of ['pointerover', 'focusin', 'wake']) figure.addEventListener(touch, start)
}
