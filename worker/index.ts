/** The entry point of the Worker. */
import { createApp } from './http/app.ts'

export default createApp()
