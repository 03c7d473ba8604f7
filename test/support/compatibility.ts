/**
 * Which names of scripts and style sheets a browser does not have, by MDN's browser-compat-data. Scripts are read by
 * TypeScript's parser; of style sheets, as the build minifies them, the rules and declarations are taken apart here.
 */
import { createRequire } from 'node:module'

import type { CompatData, CompatStatement, Identifier } from '@mdn/browser-compat-data'
import ts from 'typescript'

const data = createRequire(import.meta.url)('@mdn/browser-compat-data') as CompatData

/** The tables of the language and of style sheets, all of which are there. */
const javascript = data.javascript as Record<'classes' | 'operators' | 'regular_expressions' | 'statements', Identifier>
const styles = data.css as Record<'at-rules' | 'properties' | 'selectors' | 'types', Identifier>

/** The oldest version of each browser, by the name that the data have for it. */
export type Versions = Readonly<Partial<Record<keyof CompatData['browsers'], string>>>

/** Whether one version is another or comes before it; a version that is not known well is as late as it may be. */
function isUpTo(version: string, limit: string): boolean {
  const numbers = (text: string) => text.replace('≤', '').split('.').map(Number)
  const [one, other] = [numbers(version), numbers(limit)]
  if (one.some(Number.isNaN)) return false
  for (let at = 0; at < Math.max(one.length, other.length); at++)
    if ((one[at] ?? 0) !== (other[at] ?? 0)) return (one[at] ?? 0) < (other[at] ?? 0)
  return true
}

/** The browsers that do not have what a statement is about. */
function lacking({ support }: CompatStatement, versions: Versions): string[] {
  return Object.entries(versions).flatMap(([browser, version]) => {
    const statements = [support[browser as keyof typeof support] ?? []].flat()
    const has = statements.some(
      ({ version_added: added, version_removed: removed, flags, prefix, alternative_name: other }) =>
        typeof added === 'string' &&
        isUpTo(added, version) &&
        (removed === undefined || !isUpTo(removed, version)) &&
        flags === undefined &&
        prefix === undefined &&
        other === undefined,
    )
    return has ? [] : [`${browser} ${version}`]
  })
}

/** The browsers that lack something under each of its entries; none where one entry is there for all, or none is known. */
function lackingAll(entries: readonly (Identifier | undefined)[], versions: Versions): string[] {
  const each = entries.flatMap((entry) => (entry?.__compat ? [lacking(entry.__compat, versions)] : []))
  return each.some((browsers) => browsers.length === 0) ? [] : [...new Set(each.flat())]
}

/** The globals of scripts: of the language, and of browsers. */
const globals: Readonly<Record<string, Identifier>> = { ...data.api, ...data.javascript.builtins }
const membersOf = (entry: Identifier, name: string) => [entry[name], entry[`${name}_static`]]
/** Everything that some global has under a name, by the name. */
const methods = new Map<string, Identifier[]>()
for (const entry of Object.values(globals))
  for (const [key, member] of Object.entries(entry as Record<string, Identifier>)) {
    const name = key.replace(/_static$/, '')
    if (key !== '__compat') methods.set(name, [...(methods.get(name) ?? []), member])
  }
/** What any window has: `structuredClone`, `queueMicrotask`. */
const functions = { ...data.api['Window'], ...data.api['WorkerGlobalScope'] } as Record<string, Identifier>

/** What is not in some browsers: its name and the browsers. */
export type Missing = Record<string, string>

/** What of a script is missing: globals, their members, methods of anything, and forms of the language. */
export function missingInScript(code: string, versions: Versions): Missing {
  const missing: Missing = {}
  const note = (name: string, browsers: readonly string[]) => {
    if (browsers.length > 0) missing[name] = browsers.join(', ')
  }
  const source = ts.createSourceFile('script.js', code, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS)
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node)) {
      const name = node.name.text
      const owner = ts.isIdentifier(node.expression) ? globals[node.expression.text] : undefined
      const isCalled = ts.isCallExpression(node.parent) && node.parent.expression === node
      if (owner) note(`${node.expression.getText()}.${name}`, lackingAll(membersOf(owner, name), versions))
      else if (ts.isMetaProperty(node.expression))
        note(`import.meta.${name}`, lackingAll([(javascript.operators['import_meta'] as Identifier)[name]], versions))
      else if (isCalled) note(`.${name}()`, lackingAll(methods.get(name) ?? [], versions))
    }
    if (ts.isIdentifier(node) && !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node)) {
      const isFunction = ts.isCallExpression(node.parent) && node.parent.expression === node
      if (/^[A-Z]/.test(node.text)) note(node.text, lackingAll([globals[node.text]], versions))
      else if (isFunction && Object.hasOwn(functions, node.text))
        note(`${node.text}()`, lackingAll([functions[node.text]], versions))
    }
    for (const [form, identifier] of formsOf(node)) note(form, lackingAll([identifier], versions))
    ts.forEachChild(node, visit)
  }
  visit(source)
  return missing
}

/** Forms of the language that came late, where a node is one. */
function formsOf(node: ts.Node): [form: string, identifier: Identifier | undefined][] {
  const { classes, regular_expressions: patterns, statements } = javascript
  if (ts.isClassStaticBlockDeclaration(node))
    return [['static block of a class', classes['static']?.['initialization_blocks']]]
  if (ts.isImportDeclaration(node) && node.attributes)
    return [['import attributes', statements['import']?.['import_attributes']]]
  // Safari before 16 does not find the variable: https://bugs.webkit.org/show_bug.cgi?id=236843
  if (
    ts.isPropertyDeclaration(node) &&
    node.initializer &&
    ts.isIdentifier(node.initializer) &&
    node.initializer.text !== 'undefined'
  )
    return [['class field whose value is a bare variable', classes['static']?.['initialization_blocks']]]
  if (!ts.isRegularExpressionLiteral(node)) return []
  return [
    ...(/\(\?<[=!]/.test(node.text)
      ? [['lookbehind', patterns['lookbehind_assertion']] as [string, Identifier | undefined]]
      : []),
    ...(/\/[a-z]*v[a-z]*$/.test(node.text)
      ? [['regular expression with the flag v', globals['RegExp']?.['unicodeSets']] as [string, Identifier | undefined]]
      : []),
    ...(/\(\?[ims]*-?[ims]+:/.test(node.text)
      ? [['modifiers of a regular expression', patterns['modifier']] as [string, Identifier | undefined]]
      : []),
  ]
}

/** A rule or declaration of a style sheet, with the rules that it stands in. */
interface Piece {
  text: string
  within: readonly string[]
  isRule: boolean
}

/** The rules and declarations of a style sheet without comments. */
function piecesOf(css: string): Piece[] {
  const pieces: Piece[] = []
  const within: string[] = []
  let text = ''
  const end = (isRule: boolean) => {
    if (text.trim()) pieces.push({ text: text.trim(), within: [...within], isRule })
    text = ''
  }
  for (const [part] of css.matchAll(/"[^"]*"|'[^']*'|url\([^)]*\)|\{|\}|;|[^"'{};]/g)) {
    if (part === '{') {
      within.push(text.trim())
      const rule = within.pop()!
      end(true)
      within.push(rule)
    } else if (part === '}') {
      end(false)
      within.pop()
    } else if (part === ';') end(false)
    else text += part
  }
  return pieces
}

/** The declarations of a style sheet, in their order: property, value, and the rule that they stand in. */
export function declarationsOf(css: string): { property: string; value: string; rule: string }[] {
  return piecesOf(css).flatMap(({ text, within, isRule }) => {
    const [, property = '', value = ''] = /^([\w-]+)\s*:\s*([^]*)$/.exec(text) ?? []
    return isRule || !property ? [] : [{ property, value, rule: within.join(' ') }]
  })
}

/** What of a style sheet is missing: rules, conditions, selectors, properties, their words and functions. */
export function missingInStyles(css: string, versions: Versions): Missing {
  const missing: Missing = {}
  const note = (name: string, entries: readonly (Identifier | undefined)[]) => {
    const browsers = lackingAll(entries, versions)
    if (browsers.length > 0) missing[name] = browsers.join(', ')
  }
  const { 'at-rules': rules, properties, selectors, types } = styles
  const media = rules['media'] as Identifier
  for (const { text, within, isRule } of piecesOf(css)) {
    // What is asked for before it is used has something else in its place.
    if (within.some((rule) => rule.startsWith('@supports'))) continue
    if (isRule && text.startsWith('@')) {
      const name = /^@([\w-]+)/.exec(text)![1]!
      note(`@${name}`, [rules[name]])
      if (name === 'media') {
        for (const [, feature = ''] of text.matchAll(/\(\s*(?:min-|max-)?([a-z-]+)/g))
          note(`@media ${feature}`, [media[feature]])
        if (/[<>]/.test(text)) note('@media with a range', [media['range_syntax']])
      }
    } else if (isRule) {
      for (const [, name = ''] of text.matchAll(/::?([a-z-]+)/g)) note(`:${name}`, [selectors[name]])
      if (/^&|[,\s]&/.test(text) || within.some((rule) => !rule.startsWith('@')))
        note('nested rule', [selectors['nesting']])
    } else {
      const [, property = '', value = ''] = /^([\w-]+)\s*:\s*([^]*)$/.exec(text) ?? []
      if (property.startsWith('-')) continue
      const known = properties[property]
      note(property, [known])
      for (const [word] of value
        .replaceAll(/"[^"]*"|'[^']*'|var\([^)]*\)|#\w+/g, '')
        .matchAll(/(?<![\w-])[a-z][a-z-]*(?![\w-]*\()/g))
        note(`${property}: ${word}`, [known?.[word]])
      for (const [, name = ''] of value.matchAll(/(?<![\w-])([a-z][a-z-]*)\(/g))
        note(`${name}()`, [types[name], (types['color'] as Identifier)[name], known?.[name]])
    }
  }
  return missing
}
