/** The recipes of CONTRIBUTING.md that are followed by a test. */
import { chartRecipe } from './chart.ts'
import { datasetRecipe } from './dataset.ts'
import { fieldRecipe } from './field.ts'
import { optimizerRecipe } from './optimizer.ts'
import type { Recipe } from './recipe.ts'

export const recipes: readonly Recipe[] = [optimizerRecipe, datasetRecipe, chartRecipe, fieldRecipe]
