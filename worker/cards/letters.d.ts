declare module '#letters.json' {
  /** By character: how far the next one stands, and the outline above the baseline at 0, as the `d` of a path. */
  export type Face = Readonly<Record<string, readonly [advance: number, outline: string]>>
  export interface Letters {
    unitsPerEm: number
    serif: Face
    sans: Face
  }
  const letters: Letters
  export default letters
}
