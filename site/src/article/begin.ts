/**
 * Everything that the article runs at first, in one file, since the first view is to be light: it only listens, and
 * fetches what is needed when it is needed.
 */
import '../scrub/begin.ts'
import '../sets/begin.ts'
import '../thesis/begin.ts'
import './contents.ts'
import './predict.ts'
