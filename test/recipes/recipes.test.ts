/**
 * The recipes of CONTRIBUTING.md, followed by a machine in copies of the repository. Each one alone compiles, and fails
 * where a file is forgotten. All together compile with the tests, which pass: they touch different rows of tables, so that
 * none supplies what another lacks, and tests that several recipes name run once.
 */
import { describe, expect, it } from 'vitest'

import { copyRepository, type Copy } from './copy.ts'
import { applyRecipe, productFiles, withoutFile, type Recipe } from './recipe.ts'
import { recipes } from './recipes.ts'

/** The projects that have the related tests. */
const projects = ['unit', 'reference', 'statistics'].flatMap((name) => ['--project', name])
const config = ['--config', 'test/vitest.config.ts']

/** Follows recipes in a copy of the repository, which is removed after its use. */
async function following<Value>(
  followed: readonly Pick<Recipe, 'edits'>[],
  use: (copy: Copy) => Promise<Value>,
): Promise<Value> {
  const copy = copyRepository()
  try {
    for (const recipe of followed) applyRecipe(recipe, copy.root)
    return await use(copy)
  } finally {
    copy.remove()
  }
}

const compile = ({ run }: Copy, folder: string) => run('typescript/bin/tsc', '-p', folder)
const test = ({ run }: Copy, ...args: string[]) => run('vitest/vitest.mjs', 'run', ...config, ...projects, ...args)

describe.each(recipes)('$title', (recipe) => {
  it(`takes at most ${recipe.most} files of the product, and compiles`, async () => {
    expect(productFiles(recipe).length).toBeLessThanOrEqual(recipe.most)
    expect(await following([recipe], (copy) => compile(copy, 'worker'))).toBe('')
  })

  it(`fails without ${recipe.half.without}`, async () => {
    const { without, test: failing, message } = recipe.half
    expect(recipe.tests.some((tests) => failing.startsWith(tests))).toBe(true)
    await expect(following([withoutFile(recipe, without)], (copy) => test(copy, failing))).rejects.toThrow(message)
  })
})

it('all recipes together compile with the tests, which pass', async () => {
  await following(recipes, async (copy) => {
    await copy.run('assemblyscript/bin/asc.js', '--config', 'worker/training/fused/kernel/asconfig.json')
    const related = [...new Set(recipes.flatMap(({ tests }) => tests))]
    const tested = async () => {
      // The API's document with what is new in it is written first; of charts only the pictures of new ones.
      await test(copy, 'openapi.test', '--update')
      return test(copy, ...related, '--update=new')
    }
    const [errors, report] = await Promise.all([compile(copy, 'test'), tested()])
    expect(errors).toBe('')
    expect(report).toMatch(/Tests {2}\d+ passed/)
  })
})
