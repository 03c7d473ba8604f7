/**
 * What is as it was while a hand moves, until that rests: links, files, tables, which nobody follows meanwhile.
 */
import { useEffect, useState } from 'preact/hooks'

/** How long a moving hand must rest, in milliseconds. */
const rest = 150

/**
 * @param now the same object as long as nothing changes
 * @param isMoving a hand is moving; where none is, what is now counts at once
 */
export function useDebounced<Value>(now: Value, isMoving: boolean): Value {
  const [rested, setRested] = useState(now)
  useEffect(() => {
    const timer = setTimeout(() => setRested(now), rest)
    return () => clearTimeout(timer)
  }, [now])
  return isMoving ? rested : now
}
