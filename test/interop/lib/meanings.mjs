/** What it means for users when a case fails, by its id without the method. The page cannot be made while a failed case has no row. */
const ROWS = [
  [
    ['race', 'absent.race'],
    'Of several writers who have all seen the same version, or have all seen that there is none, more than one is told of success, and all but the last of them have lost what they wrote.',
  ],
  [
    ['if-match.empty', 'if-match.star-and-tag', 'if-match.star-between-commas'],
    'A write is performed although its If-Match does not name the current version: what somebody else has written meanwhile is lost.',
  ],
  [
    ['if-match.weak', 'read.if-match.weak'],
    'A weak tag is enough for If-Match: a change that has left the weak tag as it was is overwritten, or mixed into a range, without notice.',
  ],
  [
    ['absent.if-match'],
    'A write that is to change only what exists creates something: what somebody has deleted comes back.',
  ],
  [['absent.create-only'], 'No client can create something on condition that it does not exist yet.'],
  [
    ['required.invalid-date', 'required.modified-since'],
    'A write whose only condition has to be ignored counts as conditional, and is performed without protection.',
  ],
  [['if-none-match.other'], 'A write whose only condition is an If-None-Match with tags is refused.'],
  [['if-modified-since.ignored'], 'A write is refused for an If-Modified-Since that means nothing to it.'],
  [
    ['precedence.none-match-over-modified-since'],
    'A client whose tag is outdated is told 304 for a date beside it, and goes on with outdated content.',
  ],
  [
    ['precedence.empty-none-match'],
    'A client that sends an empty If-None-Match, which says that it holds nothing, is told 304 for a date beside it.',
  ],
  [
    ['precedence.none-match-alone-decides'],
    'A client whose tag is current is sent the whole content again for an older date beside it.',
  ],
  [
    ['precedence.match-over-unmodified-since', 'if-unmodified-since.hidden'],
    'A request under the current tag is refused for an older date beside it.',
  ],
  [
    ['precedence.unmodified-since-over-none-match'],
    'A request that must not be performed, since there was a modification, is answered as if there had been none.',
  ],
  [
    ['if-range.weak', 'if-range.later-date'],
    'A client that resumes a download may put together parts of two versions.',
  ],
  [
    ['if-range.not-modified-first'],
    'A client that has the current version and asks for a part on condition that there is another is sent the part.',
  ],
  [
    ['if-none-match.no-cache'],
    'A request that says `no-cache`, as every `fetch` with a condition of its own does, is answered with content that the client has.',
  ],
  [
    [
      'if-none-match.list',
      'if-none-match.long-list',
      'if-none-match.empty-members',
      'if-none-match.comma',
      'if-none-match.octets',
    ],
    'A client or cache that holds several versions and lists their tags is sent the whole content although one of them is current.',
  ],
  [
    ['if-none-match.lines', 'read.if-match.lines', 'if-match.lines'],
    'A list of tags that comes in more than one field line is refused, or only a part of it is read.',
  ],
  [['if-none-match.star'], 'A client that asks on condition that there is nothing is sent what there is.'],
  [
    ['if-none-match.star-between-commas'],
    'A client with a tag that has a `*` between commas is told 304, whatever the current version is.',
  ],
  [
    [
      'if-match.unquoted',
      'if-none-match.unquoted',
      'if-none-match.lower-case-w',
      'if-none-match.star-and-tag',
    ],
    'A malformed list is taken for the one that it resembles, so that a mistake in the client stays unnoticed.',
  ],
  [
    ['if-modified-since.iso', 'if-modified-since.zone', 'if-modified-since.impossible-day'],
    'What is no HTTP-date is taken for a date, and a client that writes its dates in another form may be told 304 for content that has changed.',
  ],
  [
    ['if-modified-since.twice'],
    'Of two dates neither counts, and yet one is gone by, or the request is refused.',
  ],
  [
    ['if-modified-since.later'],
    'A client that sends a later date than that of the last modification, such as that of its last request, is sent content that it has.',
  ],
  [['if-modified-since.future'], 'A client whose clock is ahead is sent content that it has.'],
  [
    ['read.if-unmodified-since.invalid', 'read.if-unmodified-since.twice'],
    'A request is refused for what is no date, or for two of them, although neither counts.',
  ],
  [
    ['304.fields', '304.current-tag', '304.content-length', '304.no-metadata', '304.date'],
    'A cache does not learn from the 304 which of its stored responses is meant, or what to update in it.',
  ],
  [['412.explained'], 'The client is not told what was wrong.'],
  [
    ['412.not-cached'],
    'A cache may keep the 412 as long as it would keep the 200, and answer with it those who send no condition.',
  ],
  [
    ['absent.not-found'],
    'A client that asks for what does not exist is not told so, but that a condition has decided.',
  ],
  [['options.ignored'], 'An OPTIONS request is refused for conditions that mean nothing to it.'],
];

export const MEANINGS = ROWS.map(([ids, means]) => ({ ids, means }));
