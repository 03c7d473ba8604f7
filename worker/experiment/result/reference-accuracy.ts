/** The type of a reference accuracy, which needs no training and which a run's accuracy is compared with. */
export interface Reference {
  name: 'guessing' | 'nearest true center'
  accuracy: number
}
