/**
 * workerd refuses to start on a Linux without certificates, such as a slim image: there, it is given those of Node.
 * To be imported before whatever starts it, which inherits the environment.
 */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { rootCertificates } from 'node:tls'

const { SSL_CERT_FILE: file, SSL_CERT_DIR: folder } = process.env
const has = (place: string) => existsSync(place) && readdirSync(place).length > 0
const provided = file !== undefined || folder !== undefined || ['/etc/ssl/certs', '/etc/pki/tls/certs'].some(has)

if (process.platform === 'linux' && !provided) {
  mkdirSync('dist', { recursive: true })
  process.env['SSL_CERT_FILE'] = resolve('dist/certificates.pem')
  writeFileSync('dist/certificates.pem', rootCertificates.join('\n'))
}
