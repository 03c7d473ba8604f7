/** Saves a file that the page made, as a download. */
export function saveFile(content: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  // The browser reads it after this, at its own time.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
