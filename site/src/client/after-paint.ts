/**
 * When the browser has shown what was drawn: what may wait comes after the picture.
 */

/** Resolves after the next frame. */
export const afterPaint = () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
