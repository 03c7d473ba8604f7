/** The script of `npm run build:tables`: writes the files of the tables from their CSV, which the site publishes. */
import { readFileSync, writeFileSync } from 'node:fs'

import { datasetNames, isTable } from '#methods/datasets.ts'

import { encodeTable } from './encode-table.ts'

for (const name of datasetNames.filter(isTable))
  writeFileSync(
    `worker/datasets/bundled/${name}.bin`,
    encodeTable(readFileSync(`site/public/data/${name}.csv`, 'utf8')),
  )
