/**
 * The Worker's entry: its export, nothing else.
 */
import { createApp } from './http/app.ts'

export default createApp()
