/** Starts the page's tool: it takes the place of what the page says without scripts. */
import { render } from 'preact'

import { DiagnoseApp } from './DiagnoseApp.tsx'

export function mountDiagnosis(root: HTMLElement): void {
  root.replaceChildren()
  render(<DiagnoseApp />, root)
}
