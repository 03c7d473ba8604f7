import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { missingLibraries, whatToInstall } from '../../support/chromium.ts'

describe('where the packaged Chromium cannot start', () => {
  it.runIf(process.platform === 'linux')('the libraries that the system does not find are named', () => {
    const lacking = join(mkdtempSync(join(tmpdir(), 'minibatch-lacking-')), 'program')
    writeFileSync(lacking, readFileSync('/bin/true', 'latin1').replaceAll('libc.so.6', 'libq.so.6'), 'latin1')
    chmodSync(lacking, 0o700)
    expect(missingLibraries('/bin/true')).toEqual([])
    expect(missingLibraries(lacking)).toEqual(['libq.so.6'])
    expect(missingLibraries(join(lacking, '../absent'))).toEqual(['glibc'])
  })

  it('one line says what to install', () => {
    expect(whatToInstall(['libexpat.so.1', 'libnss3.so', 'libnssutil3.so'])).toBe(
      'The packaged Chromium lacks libexpat.so.1, libnss3.so, libnssutil3.so: install that (on Debian or Ubuntu: ' +
        'apt-get install libexpat1 libnss3), or set CHROMIUM_PATH to a browser that runs here',
    )
    expect(whatToInstall(['glibc'])).toBe(
      'The packaged Chromium lacks glibc: install that, or set CHROMIUM_PATH to a browser that runs here',
    )
  })
})
