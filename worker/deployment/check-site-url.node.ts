/**
 * The first step of a build: checks the address to build for, and reports in one line what is wrong with it before
 * anything is built.
 */
import { AddressError, siteAddress } from './site-url.ts'

try {
  siteAddress(process.env)
} catch (error) {
  if (!(error instanceof AddressError)) throw error
  console.error(`✗ ${error.message}`)
  process.exitCode = 1
}
