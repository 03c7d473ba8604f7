/**
 * Words that set a figure: links of the page become buttons. What they do is fetched when one is first pressed.
 */
for (const link of document.querySelectorAll<HTMLAnchorElement>('a.sets')) {
  const button = document.createElement('button')
  for (const { name, value } of link.attributes) if (name !== 'href') button.setAttribute(name, value)
  button.type = 'button'
  button.ariaPressed = 'false'
  button.append(...link.childNodes)
  button.onclick = async () => (await import('./apply.ts')).applyFigureLink(button)
  link.replaceWith(button)
}
