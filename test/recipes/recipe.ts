/**
 * What a recipe of CONTRIBUTING.md is, and what applies it to a copy of the repository: small edits at places that are
 * found by their text, as a contributor would make them.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** An insertion before or after a text that occurs once in a file; `with` in its place where it is given. */
type Insertion =
  | { before: string; insert: string }
  | { after: string; insert: string }
  | { replace: string; with: string }

/** A new file with its text, or insertions into one that is there. */
type Edit = { file: string; create: string } | { file: string; changes: readonly Insertion[] }

export interface Recipe {
  /** The heading in CONTRIBUTING.md. */
  title: string
  /** How many files of the product it may touch. */
  most: number
  edits: readonly Edit[]
  /** The test files that must pass then. */
  tests: readonly string[]
  /** Half of the recipe: what fails where one file of the product is forgotten. */
  half: { without: string; test: string; message: RegExp }
}

/** The files of an edit list that are the product's: neither tests nor documents. */
export function productFiles({ edits }: Pick<Recipe, 'edits'>): string[] {
  return edits.map(({ file }) => file).filter((file) => /^(worker|site)\//.test(file))
}

/** The recipe where a file is forgotten. */
export function withoutFile({ edits }: Pick<Recipe, 'edits'>, forgotten: string): Pick<Recipe, 'edits'> {
  const rest = edits.filter(({ file }) => file !== forgotten)
  if (rest.length === edits.length) throw new Error(`the recipe does not touch ${forgotten}`)
  return { edits: rest }
}

/**
 * Applies a recipe to a copy of the repository.
 *
 * @throws If a file or a text is not where the recipe says: the recipe, and CONTRIBUTING.md, must follow the code.
 */
export function applyRecipe({ edits }: Pick<Recipe, 'edits'>, root: string): void {
  for (const edit of edits) {
    const path = join(root, edit.file)
    if ('create' in edit) {
      if (existsSync(path)) throw new Error(`${edit.file} is there already`)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, edit.create)
    } else
      writeFileSync(
        path,
        edit.changes.reduce((text, change) => inserted(edit.file, text, change), readFileSync(path, 'utf8')),
      )
  }
}

function inserted(file: string, text: string, change: Insertion): string {
  const anchor = 'before' in change ? change.before : 'after' in change ? change.after : change.replace
  const parts = text.split(anchor)
  if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times, not once: ${anchor}`)
  if ('before' in change) return parts.join(change.insert + anchor)
  if ('after' in change) return parts.join(anchor + change.insert)
  return parts.join(change.with)
}
