/**
 * Compares the rules of the real libraries with ours: the Keras and PyTorch programs of every optimizer, schedule and
 * average, given our first weights, must end with the losses of the float64 reference.
 *
 *   npm run programs:rules -- --python venv/bin/python
 */
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

import { layerWidths } from '#experiment/spec/spec.ts'

import { libraries, programOf, type Library } from './kept.ts'
import { referenceRun, remedies } from './remedies.ts'

const { values: options } = parseArgs({ options: { python: { type: 'string', default: 'python3' } } })

/** Relative: float32 rounds by 6e-8, and an epoch's updates add up. */
const allowed = 1e-5

/** A line after which a program has its model, and what gives this the weights in `initial`. */
const beginnings: Record<Library, { after: string; code: string }> = {
  Keras: { after: '\n])\n', code: 'model.set_weights([values for layer in initial for values in layer])\n' },
  PyTorch: {
    after: '        nn.init.zeros_(layer.bias)\n',
    code: `with torch.no_grad():
    for layer, (weights, biases) in zip([layer for layer in model if isinstance(layer, nn.Linear)], initial):
        layer.weight.copy_(torch.as_tensor(weights.T))
        layer.bias.copy_(torch.as_tensor(biases))
`,
  },
}
/** What sets `losses` at the end of a program. */
const endings: Record<Library, string> = {
  Keras: `
losses = [model.evaluate(x, y, verbose=0)[0] for x, y in ((train_x, train_y), (test_x, test_y))]
`,
  PyTorch: `
net = globals().get("average", model)
losses = [loss_of(net(x), y).item() for x, y in ((train_x, train_y), (test_x, test_y))]
`,
}
/** Runs programs one after the other in one process, and prints the losses of each as a line of JSON. */
const driver = `import contextlib, io, json, sys
import numpy as np
for case in json.load(sys.stdin):
    initial = [(np.array(layer["weights"], "float32"), np.array(layer["biases"], "float32")) for layer in case["initial"]]
    scope = {"__name__": "__main__", "initial": initial}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(case["code"], "program", "exec"), scope)
    print(json.dumps({"losses": scope["losses"], "accuracy": scope["test_accuracies"][-1]}), flush=True)`

let failures = 0
for (const library of libraries) {
  const references = remedies.map(({ spec }) => referenceRun(spec))
  const cases = remedies.map(({ spec }, index) => {
    const { after, code } = beginnings[library]
    const program = programOf(spec, library).code
    if (program.split(after).length !== 2)
      throw new Error(`the ${library} program has not one ${JSON.stringify(after)}`)
    const widths = layerWidths(spec)
    const initial = references[index]!.initial.map(({ weights, biases }, layer) => ({
      weights: Array.from({ length: widths[layer]! }, (_, row) =>
        Array.from(weights.subarray(row * biases.length, (row + 1) * biases.length)),
      ),
      biases: Array.from(biases),
    }))
    return { code: program.replace(after, () => after + code) + endings[library], initial }
  })
  const { stdout, stderr, status } = spawnSync(options.python, ['-c', driver], {
    encoding: 'utf8',
    input: JSON.stringify(cases),
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', CUDA_VISIBLE_DEVICES: '' },
  })
  if (status !== 0) throw new Error(`${library}: ${stderr.split('\n').slice(-12).join('\n')}`)
  const ends = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { losses: [number, number]; accuracy: number })
  remedies.forEach(({ name }, index) => {
    const { last } = references[index]!
    const { losses, accuracy } = ends[index]!
    const off = [losses[0] / last('trainLoss') - 1, losses[1] / last('testLoss') - 1]
    const isRight = off.every((value) => Math.abs(value) < allowed) && Math.abs(accuracy - last('testAccuracy')) < 1e-6
    if (!isRight) failures++
    const written = off.map((value) => value.toExponential(1)).join(', ')
    console.log(`${isRight ? 'same ' : 'OTHER'} ${library} ${name}: losses off by ${written}`)
  })
}
console.log(`${failures} of ${libraries.length * remedies.length} differ by more than ${allowed}`)
process.exitCode = failures > 0 ? 1 : 0
