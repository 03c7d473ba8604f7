/** A part of the playground whose code is fetched when it is first shown, because few readers open it. */
import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'

interface OnDemandProps<Props> {
  /** Fetches the component; the same function each time. */
  load: () => Promise<ComponentType<Props>>
  props: Props
  /** What is said meanwhile. */
  waiting: string
  /** What it is, at the beginning of a sentence: `The meter`. */
  name: string
}

export function OnDemand<Props extends object>({ load, props, waiting, name }: OnDemandProps<Props>) {
  const [fetched, setFetched] = useState<{ Part?: ComponentType<Props> }>()
  useEffect(() => {
    load().then(
      (Part) => setFetched({ Part }),
      () => setFetched({}),
    )
  }, [load])
  if (!fetched) return <p>{waiting}</p>
  const { Part } = fetched
  return Part ? <Part {...props} /> : <p>{name} could not be fetched. Load the page again to see it.</p>
}
