/** A finger on a touch screen: Chromium's own touches, which scroll the page where a swipe does. */
import type { CDPSession, Page } from 'playwright-core'

interface Point {
  x: number
  y: number
}

/** Puts a finger down, moves it in steps, and lifts it. */
export async function swipe(page: Page, from: Point, to: Point, steps = 12): Promise<void> {
  const session: CDPSession = await page.context().newCDPSession(page)
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: Point[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints })
  await send('touchStart', [from])
  for (let step = 1; step <= steps; step++) {
    const share = step / steps
    await send('touchMove', [{ x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) }])
    // One a frame, as a screen gives them.
    await page.evaluate(() => new Promise(requestAnimationFrame))
  }
  await send('touchEnd', [])
  await session.detach()
}
