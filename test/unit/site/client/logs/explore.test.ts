import { it } from 'vitest'

import { neighborCorrelation } from '../../../../../site/src/client/logs/analysis.ts'
import { diagnose } from '../../../../../site/src/client/logs/diagnosis.ts'
import { kerasCsv, readText, evidenceOf } from '../../../../support/training-logs.ts'
it('explores', async () => {
  for (const query of process.env.Q!.split(' ')) {
    const file = await readText(kerasCsv(query))
    const e = evidenceOf(file.logs[0]!, 500)!
    console.log(
      query,
      file.remarks,
      JSON.stringify(file.logs[0]!.roles),
      'corr',
      e.trainLoss && neighborCorrelation(e.trainLoss),
      'inst',
      e.validation.instability,
      'level',
      e.validation.level,
      '\n  ' +
        diagnose(e)
          .map((f) => f.name + ': ' + f.evidence)
          .join('\n  '),
    )
  }
})
