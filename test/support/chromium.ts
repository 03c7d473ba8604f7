/**
 * A real Chromium: the one that comes with `npm ci` on Linux x64, or the one that CHROMIUM_PATH names, or an installed
 * Chrome.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { chromium, type Browser, type LaunchOptions } from 'playwright-core'

type Environment = Record<string, string | undefined>

/** Starts a browser of its own; with switches that others must not have. */
export async function launchChromium(...switches: string[]): Promise<Browser> {
  const { options, forget } = await optionsOfChromium()
  try {
    const browser = await chromium.launch({ ...options, args: [...(options.args ?? []), ...switches] })
    browser.on('disconnected', forget)
    return browser
  } catch (error) {
    forget()
    throw error
  }
}

/** Starts a browser that several processes connect to. */
export async function serveChromium(): Promise<{ endpoint: string; stop: () => Promise<void> }> {
  const { options, forget } = await optionsOfChromium()
  try {
    const server = await chromium.launchServer(options)
    const stop = async () => {
      await server.close()
      forget()
    }
    return { endpoint: server.wsEndpoint(), stop }
  } catch (error) {
    forget()
    throw error
  }
}

/** How the browser is started, and what to do when it has ended. */
async function optionsOfChromium(): Promise<{ options: LaunchOptions; forget: () => void }> {
  const named = process.env['CHROMIUM_PATH']
  const args = ['--no-sandbox']
  const nothing = () => undefined
  if (named !== undefined) return { options: { executablePath: named, args }, forget: nothing }
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return { options: { channel: 'chrome', args }, forget: nothing }
  const folder = mkdtempSync(join(tmpdir(), 'minibatch-chromium-'))
  const forget = () => rmSync(folder, { recursive: true, force: true })
  try {
    const { executablePath, env } = await unpack(folder)
    const whole = Object.entries({ ...process.env, ...env }).filter((entry): entry is [string, string] => !!entry[1])
    return { options: { executablePath, env: Object.fromEntries(whole), args }, forget }
  } catch (error) {
    forget()
    throw error
  }
}

/**
 * Unpacks the packaged Chromium into a folder, with what it needs where the system has none: a slim image lacks the
 * libraries of NSS and expat, and all fonts.
 *
 * @returns The browser, and the environment to start it in.
 * @throws If the package's libraries are not enough or do not fit; says what to install.
 */
async function unpack(folder: string): Promise<{ executablePath: string; env: Environment }> {
  const before = process.env['TMPDIR']
  // The package unpacks into the temporary folder, and would take a browser of any version that it finds there.
  process.env['TMPDIR'] = folder
  try {
    const { default: packaged, inflate } = await import('@sparticuz/chromium')
    const executablePath = await packaged.executablePath()
    const env: Environment = existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_FILE: fontsOf(folder) }
    const missing = missingLibraries(executablePath)
    if (missing.length > 0) {
      const bin = join(createRequire(import.meta.url).resolve('@sparticuz/chromium'), '../../bin')
      const libraries = join(await inflate(join(bin, 'al2023.tar.br')), 'lib')
      env['LD_LIBRARY_PATH'] = [process.env['LD_LIBRARY_PATH'], libraries].filter(Boolean).join(':')
      if (missingLibraries(executablePath, env).length > 0) throw new Error(whatToInstall(missing))
    }
    return { executablePath, env }
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
}

/** The configuration of the unpacked fonts; the package's own names folders of another place. */
function fontsOf(folder: string): string {
  const file = join(folder, 'fonts.conf')
  const dir = join(folder, 'fonts')
  writeFileSync(file, `<fontconfig><dir>${dir}</dir><cachedir>${join(folder, 'fonts-cache')}</cachedir></fontconfig>`)
  return file
}

/**
 * What a program needs and the system does not find: libraries, or versions of the C library, as the dynamic linker
 * names them. It lists instead of running, as `ldd` does, which not every system has.
 */
export function missingLibraries(program: string, env: Environment = {}): string[] {
  const listed = spawnSync(program, {
    env: { ...process.env, ...env, LD_TRACE_LOADED_OBJECTS: '1' },
    encoding: 'utf8',
  })
  // Where the program is there and yet not found, it is its linker, of glibc, that is not.
  if (listed.error !== undefined && 'code' in listed.error && listed.error.code === 'ENOENT') return ['glibc']
  if (listed.error !== undefined) throw listed.error
  const names = `${listed.stdout}\n${listed.stderr}`.matchAll(/(\S+) => not found|version [`'](\S+)' not found/gu)
  return [...new Set([...names].map(([, library, version]) => library ?? version!))].toSorted()
}

const debianPackages: Record<string, string> = {
  'libexpat.so.1': 'libexpat1',
  'libgcc_s.so.1': 'libgcc-s1',
  'libnspr4.so': 'libnspr4',
  'libnss3.so': 'libnss3',
  'libnssutil3.so': 'libnss3',
}

/** One line for whoever has to make the tests run. */
export function whatToInstall(missing: readonly string[]): string {
  const packages = [...new Set(missing.map((library) => debianPackages[library]))]
  const install = packages.includes(undefined) ? '' : ` (on Debian or Ubuntu: apt-get install ${packages.join(' ')})`
  return `The packaged Chromium lacks ${missing.join(', ')}: install that${install}, or set CHROMIUM_PATH to a browser that runs here`
}
