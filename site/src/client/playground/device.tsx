/**
 * The abilities of this browser that the playground uses: clipboard, sharing, pictures as files, programs. The first
 * rendering has none of them, since it must equal what the Worker rendered.
 */
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'

import { DeviceContext, type Device } from '#playground-view/device.ts'

import { savePng } from '../chart-png.ts'
import { saveFile } from '../save-file.ts'

/** The device of a page. */
export function deviceOf({ clipboard, share }: Partial<Navigator>, origin: string): Device {
  const isDone = async (work: () => Promise<void> | undefined) => {
    try {
      const doing = work()
      await doing
      return doing !== undefined
    } catch {
      return false
    }
  }
  return {
    // Pages that are not served securely have no clipboard.
    copy: (text) => isDone(() => clipboard?.writeText(text)),
    ...(share
      ? {
          share: async (title, url) => {
            // Rejects where the reader closes the sheet.
            await isDone(() => share.call(navigator, { title, url }))
          },
        }
      : {}),
    savePng: (address, name) => isDone(() => savePng(address, name)),
    saveText: (text, name, type) => saveFile(new Blob([text], { type }), name),
    programsOf: async (spec) => (await import('../../programs/programs.ts')).programsOf(spec, origin),
  }
}

/** Gives what is inside the page's device. */
export function WithDevice({ children }: { children: ComponentChildren }) {
  const [device, setDevice] = useState<Device>()
  useEffect(() => setDevice(deviceOf(navigator, location.origin)), [])
  return <DeviceContext.Provider value={device}>{children}</DeviceContext.Provider>
}
