/** The island of the valley: its dials redraw it, and links of the prose can set them. */
import { render } from 'preact'
import { useEffect, useState } from 'preact/hooks'

import { followTranslation } from '../page/translation.ts'
import { registerSettable } from '../settable.ts'
import { initialValley, stateOfControls, Valley, type ValleyState } from './Valley.tsx'

/** Takes over a figure. */
export function mountValley(figure: HTMLElement): void {
  const body = figure.querySelector('.valley')
  if (!body) return
  followTranslation(body)
  render(<Island figure={figure} begun={stateOfControls(body)} />, body)
}

function Island({ figure, begun }: { figure: HTMLElement; begun: ValleyState }) {
  const [state, setState] = useState(begun)
  useEffect(() => registerSettable(figure, (query) => setState(query ? stateOf(query) : initialValley)), [figure])
  return <Valley state={state} change={(change) => setState((before) => ({ ...before, ...change }))} />
}

/** The state that the words of a link ask for, over what the figure was built with. */
function stateOf(query: URLSearchParams): ValleyState {
  const number = (name: 'learningRate' | 'momentum') => Number(query.get(name) ?? initialValley[name])
  const size = query.get('batchSize') ?? String(initialValley.batchSize)
  return {
    ...initialValley,
    learningRate: number('learningRate'),
    momentum: number('momentum'),
    batchSize: size === 'full' ? 'full' : Number(size),
    isAveraged: query.has('averaging'),
  }
}
