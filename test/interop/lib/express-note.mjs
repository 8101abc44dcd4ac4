import { featuresOf } from './claims.mjs';
import { RELOAD } from './documented.mjs';
import { ABSENT_PATH, CACHE_CONTROL, MODIFIED, NOTE, PATH } from './note.mjs';

export const CLAIMS = [
  {
    features: ['If-None-Match', 'If-Modified-Since', '304'],
    says: 'responses get a weak ETag, and `res.send` supports HTTP cache freshness: `req.fresh` goes by If-None-Match and If-Modified-Since',
    where: "Express's API reference: `res.send`, `req.fresh`, application setting `etag`",
  },
];

export const DOCUMENTED = { 'if-none-match.no-cache': RELOAD };

/** Express as it comes: the handler sends the note and its date, and the tag is made of what is sent. */
export function targetOf(express) {
  const app = express();
  app.get(PATH, (_req, res) => {
    res.set({ 'Cache-Control': CACHE_CONTROL, 'Last-Modified': MODIFIED.toUTCString() }).json(NOTE);
  });
  return {
    server: app,
    path: PATH,
    absentPath: ABSENT_PATH,
    etag: 'weak',
    lastModified: true,
    features: featuresOf(CLAIMS),
  };
}
