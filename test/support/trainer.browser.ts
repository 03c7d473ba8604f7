/** Lets a page train, as its islands do. */
import { canTrain, createTrainer } from '../../site/src/client/trainer/trainer.ts'

Object.assign(globalThis, { canTrain, createTrainer })
