/** A visitor's own table in words, and the Python code that reads the visitor's file with the same preprocessing. */
import { shuffledLines } from '../bundled/from-table.ts'
import type { DatasetSpec, Description } from '../generator.ts'
import { classNamesOfCuts, missingTexts, type Recipe, type RecipeFeature } from './recipe.ts'

/** What is known of a table besides its rows. */
export interface OwnTableSource {
  rows: number
  /** Undefined where the table came with a link: then it is read from a file in the canonical form. */
  recipe?: Recipe
}

const sources = new Map<string, OwnTableSource>()

/** Makes known where a table came from. */
export function addOwnSource(data: string, source: OwnTableSource): void {
  sources.set(data, source)
}

/** The name of the file that the canonical table of a digest is saved as. */
export const canonicalFile = (data: string): string => `minibatch-${data}.csv`

/** In words and in Python. An export of its own: what trains does without it. */
export const ownDescription: Description = {
  title: 'Your own data',
  lesson: 'Which batch sizes and learning rates train your own table fast and calmly.',
  source: 'a file that never leaves your browser',
  license: 'yours',
  python(spec) {
    const { rows, recipe } = sources.get(spec.data ?? '') ?? { rows: spec.examples }
    return recipe
      ? { imports: importsOf(recipe), lines: `${linesOf(recipe)}\n${shuffledLines(spec, rows)}` }
      : { imports: 'import csv\nfrom sklearn.utils import shuffle', lines: canonicalLines(spec, rows) }
  },
}

function canonicalLines(spec: DatasetSpec, rows: number): string {
  return `with open(${text(canonicalFile(spec.data ?? ''))}, newline="", encoding="utf-8") as file:
    table = np.array(list(csv.reader(file))[1:])
x, (_, y) = table[:, :-1].astype(float), np.unique(table[:, -1], return_inverse=True)
${shuffledLines(spec, rows)}`
}

function importsOf({ features }: Recipe): string {
  const dates = features.some(({ kind }) => kind === 'date') ? 'from datetime import datetime, timezone\n' : ''
  return `import csv\n${dates}from sklearn.utils import shuffle`
}

/** A text as a literal of Python, which reads those of JSON. */
const text = (value: string): string => JSON.stringify(value)

function linesOf(recipe: Recipe): string {
  const { file, encoding, delimiter, hasHeader, features, label, missing, mostRows } = recipe
  const kinds = new Set(features.map(({ kind }) => kind))
  const functions = [
    ...(kinds.has('number') || label.cuts ? [numberFunction(recipe)] : []),
    ...(kinds.has('boolean') ? [booleanFunction] : []),
    ...(kinds.has('date') ? [dateFunction] : []),
    ...(kinds.has('category') ? [categoryFunction(missing)] : []),
  ]
  const names = label.cuts ? classNamesOfCuts(label.cuts) : label.classNames
  const classOf = label.cuts
    ? `(lambda value: "" if np.isnan(value) else names[np.searchsorted(${list(label.cuts.map(String))}, value, side="right")])(number(row[${label.at}]))`
    : `row[${label.at}]`
  const drop = missing === 'drop' ? 'inputs = [row for row in inputs if not np.isnan(row[1]).any()]\n' : ''
  const means = missing === 'mean' ? '\nx = np.where(np.isnan(x), np.nanmean(x, axis=0), x)' : ''
  return `# ${commentOf(recipe)}
missing = ${list(missingTexts.map(text))}
names = ${list(names.map(text))}
${functions.join('\n')}
with open(${text(file)}, newline="", encoding=${text(pythonEncoding(encoding))}) as file:
    rows = [[cell.strip() for cell in row] for row in csv.reader(file, delimiter=${text(delimiter)})]
rows = [row + [""] * ${columnCount(recipe)} for row in rows if any(row)]${hasHeader ? '[1:]' : ''}
inputs = []
for row in rows:
    name = ${classOf}
    if name in names:
        inputs.append((name, np.array([${features.map(inputOf).join(', ')}])))
${drop}taken = min(len(inputs), ${mostRows})
inputs = [inputs[i * len(inputs) // taken] for i in range(taken)]
x = np.array([row for _, row in inputs])${means}
y = np.array([sorted(names).index(name) for name, _ in inputs])`
}

const columnCount = ({ features, label }: Recipe) => Math.max(label.at, ...features.map(({ at }) => at)) + 1

function commentOf({ file, features, label }: Recipe): string {
  const names = features.map(({ name }) => name).join(', ')
  return `The inputs ${names} and the label ${label.name} of ${file}.`.replaceAll(/\s+/g, ' ')
}

const list = (values: readonly string[]) => `[${values.join(', ')}]`

function inputOf({ at, kind, values = [] }: RecipeFeature): string {
  if (kind === 'category') return `*category(row[${at}], ${list(values.map(text))})`
  return `${kind}(row[${at}])`
}

const pythonEncoding = (encoding: string) =>
  encoding === 'utf-8' ? 'utf-8-sig' : encoding.startsWith('utf-16') ? 'utf-16' : encoding

const numberFunction = ({ hasDecimalComma }: Recipe) => `
def number(cell):
    try:
        return float(${hasDecimalComma ? 'cell.replace(".", "").replace(",", ".") if "," in cell else cell' : 'cell'}) if cell.lower() not in missing else np.nan
    except ValueError:
        return np.nan
`

const booleanFunction = `
def boolean(cell):
    return {"true": 1.0, "yes": 1.0, "false": 0.0, "no": 0.0}.get(cell.lower(), np.nan)
`

/** Days since 1970. */
const dateFunction = `
def date(cell):
    for form in ("%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%d.%m.%Y"):
        try:
            return datetime.strptime(cell, form).replace(tzinfo=timezone.utc).timestamp() / 86400
        except ValueError:
            pass
    return np.nan
`

/** A missing category is 0 in each of its inputs, unless its row is left out. */
const categoryFunction = (missing: Recipe['missing']) => `
def category(cell, values):
    return [${missing === 'drop' ? 'np.nan if cell.lower() in missing or cell.startswith("=") else ' : ''}float(cell == value) for value in values]
`
