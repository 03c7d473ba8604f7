/**
 * Each recipe of CONTRIBUTING.md, followed by a machine in a copy of the repository: it compiles and the related tests pass.
 * Part of `npm run test:slow`, as each takes a minute or more.
 */
import { describe, expect, it } from 'vitest'

import { copyRepository } from './copy.ts'
import { applyRecipe, productFiles } from './recipe.ts'
import { recipes } from './recipes.ts'

/** The projects that have the related tests. */
const projects = ['unit', 'reference', 'statistics'].flatMap((name) => ['--project', name])
const config = ['--config', 'test/vitest.config.ts']

describe.each(recipes)('$title', (recipe) => {
  it(`takes at most ${recipe.most} files of the product, compiles, and passes the related tests`, async () => {
    expect(productFiles(recipe).length).toBeLessThanOrEqual(recipe.most)
    const { root, run, remove } = copyRepository()
    try {
      applyRecipe(recipe, root)
      if (recipe.changesKernel)
        await run('assemblyscript/bin/asc.js', '--config', 'worker/training/fused/kernel/asconfig.json')
      await run('typescript/bin/tsc', '-p', 'worker')
      await run('typescript/bin/tsc', '-p', 'test')
      const vitest = (...args: string[]) => run('vitest/vitest.mjs', 'run', ...config, ...projects, ...args)
      // New pictures, and the API's document with what is new in it, are written as `npx vitest -u` does.
      await vitest(...recipe.tests.filter((file) => /\/(charts\/charts|openapi)\.test/.test(file)), '--update')
      await vitest(...recipe.tests)
    } finally {
      remove()
    }
  })
})
