/** The size of a card, in pixels: what sites that show links ask for. */
export const cardSize = { width: 1200, height: 630 }
