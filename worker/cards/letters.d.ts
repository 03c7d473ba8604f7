declare module '#letters.json' {
  /** For each character, the advance width and the outline above a baseline at 0, as the `d` attribute of a path. */
  export type Face = Readonly<Record<string, readonly [advance: number, outline: string]>>
  export interface Letters {
    unitsPerEm: number
    serif: Face
    sans: Face
  }
  const letters: Letters
  export default letters
}
