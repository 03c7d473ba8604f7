/**
 * What an accuracy is compared with: an accuracy that needs no training.
 */
export interface Reference {
  name: 'guessing' | 'nearest true center'
  accuracy: number
}
