/**
 * Lists the exported names that several files of the product share, as part of `npm run check`: one exported name has one
 * meaning. It exits with 1 where it finds a name that is not allowed.
 */
import { globSync, readFileSync } from 'node:fs'

import ts from 'typescript'

/** Names that are the same by design, with the reason. */
const allowed: Record<string, string> = {
  GET: 'Astro looks for this name in every endpoint',
  getStaticPaths: 'Astro looks for this name in every page with parameters',
  kernelModule: 'one export in three variants, for workerd, browsers and Node: `#kernel`',
  openWorkspace: 'one export in two variants, inside TensorFlow.js and alone: `#fused-host`',
  loadBinary: 'one export in two variants, for workerd and Node: `#tensorflow-host`',
  tableBytes: 'one export in three variants, for workerd, browsers and Node: `#tables`',
  loadRenderer: 'one export in two variants, for workerd and Node: `#renderer`',
}

/** The names that a file declares and exports. */
function exportsOf(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest)
  return source.statements.flatMap((statement) => {
    const isExported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
    if (!isExported) return []
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []))
    const { name } = statement as ts.DeclarationStatement
    return name && ts.isIdentifier(name) ? [name.text] : []
  })
}

const files = globSync(['worker/**/*.{ts,tsx}', 'site/src/**/*.{ts,tsx}'])
  // The kernel is a program of its own, in AssemblyScript.
  .filter((file) => !file.endsWith('.d.ts') && !file.startsWith('worker/training/fused/kernel/'))
const filesByName = new Map<string, Set<string>>()
for (const file of files)
  for (const name of exportsOf(file)) filesByName.set(name, (filesByName.get(name) ?? new Set()).add(file))

const shared = [...filesByName].filter(([name, { size }]) => size > 1 && !Object.hasOwn(allowed, name))
for (const [name, where] of shared) console.error(`${name} is exported by ${[...where].join(' and ')}`)
if (shared.length) {
  console.error('An exported name has one meaning: rename all but one.')
  process.exitCode = 1
}
