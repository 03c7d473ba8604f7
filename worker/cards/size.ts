/** The size of a card in pixels, as link previews expect it. */
export const cardSize = { width: 1200, height: 630 }
