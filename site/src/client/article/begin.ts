/**
 * Everything that the article runs at first, in one file, since the first view is to be light: it only listens, and
 * fetches what is needed when it is needed.
 */
import '../scrub/begin.ts'
import '../figure-links/begin.ts'
import '../hero/begin.ts'
import './contents.ts'
import './predict.ts'
