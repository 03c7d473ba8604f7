/** Epochs that a figure goes through. */
export const scrubEpochs = 200
