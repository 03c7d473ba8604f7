/**
 * A chart as a PNG file, drawn by the browser from the Worker's SVG at twice its size.
 */
import { saveFile } from './save-file.ts'

const scale = 2

/** Saves the chart at an address. */
export async function savePng(address: string, name: string): Promise<void> {
  const image = new Image()
  image.src = address
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = image.naturalWidth * scale
  canvas.height = image.naturalHeight * scale
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve))
  if (!blob) throw new Error('the browser made no picture')
  saveFile(blob, `${name}.png`)
}
