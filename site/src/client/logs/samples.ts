/** The sample logs: files of real trainings in `site/public/samples/`, which test/programs/sample-logs.py made. */

interface Sample {
  title: string
  files: readonly string[]
  /** The number of validation examples. */
  examples: number
}

export const samples = [
  { title: 'Keras: batch 32 and 256', files: ['keras-batch-32.csv', 'keras-batch-256.csv'], examples: 500 },
  { title: 'Keras: overfitting', files: ['keras-history.json'], examples: 500 },
  { title: 'Keras: diverged', files: ['keras-diverged.csv'], examples: 500 },
  { title: 'PyTorch Lightning', files: ['lightning-metrics.csv'], examples: 500 },
  { title: 'PyTorch: gradient norms', files: ['pytorch-gradient-norms.csv'], examples: 500 },
  { title: 'Hugging Face Trainer', files: ['hugging-face-trainer_state.json'], examples: 500 },
  { title: 'TensorBoard', files: ['tensorboard-val_accuracy.csv'], examples: 500 },
  { title: 'W&B: two runs', files: ['wandb-export.csv'], examples: 500 },
] as const satisfies readonly Sample[]
