/**
 * Waits until the browser has painted what was rendered, for work that may come after the picture.
 */

/** Resolves after the next frame. */
export const afterPaint = () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
