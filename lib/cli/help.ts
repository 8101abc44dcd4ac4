/** What `--help` prints. */
export const HELP = `\
Checks whether an API keeps to RFC 9110, section 13: If-Match, If-None-Match, their dates, and 304, 412 and 428.

Usage: http-preconditions check URL [options]

URL names a resource that exists. It is read again and again, under true conditions and under false ones, and each
answer is compared with what the RFC says. What the resource does not have (an ETag, ranges, …) is not checked.

It never
  - writes, unless --write says how to: only GET, HEAD and OPTIONS are sent
  - sends anything to another host than that of URL; redirects are not followed
  - shows the value of a field such as Authorization or Cookie

What is sent
  -H, --header 'NAME: VALUE'  a field of every request; may be repeated
  --absent PATH               a path for which GET answers 404 (default: one beside URL is looked for)
  --write FILE                checks writes, too, each on a resource of its own that FILE says how to make; see below
  --timeout MS                for one answer (default: 5000)

What counts
  --features LIST             what the API claims, separated by commas; the rest does not apply (default: everything):
                              If-None-Match, If-Modified-Since, If-Match, If-Unmodified-Since, If-Range, 304, 412,
                              428, atomic writes
  --only PATTERN              only the cases with such an id: a part of it, or all of it with * and ?; may be repeated
  --skip PATTERN              not those: for deviations that are known and meant; may be repeated
  --level must|should|may     which failures the exit status goes by (default: should, which is must and should)
  --list                      names the cases and whether they apply, and runs none

What is printed
  --json                      a report for programs
  --junit FILE                writes a report for CI services, besides
  --no-color                  no colours (also: NO_COLOR, FORCE_COLOR)
  -h, --help                  this
  --version                   the version

Examples
  http-preconditions check http://127.0.0.1:3000/notes/1
  http-preconditions check https://api.example.com/notes/1 -H "Authorization: Bearer $TOKEN"
  http-preconditions check http://127.0.0.1:3000/notes/1 --write writes.json --junit report.xml
  http-preconditions check http://127.0.0.1:3000/notes/1 --only 'if-none-match.*' --skip no-cache

How to write: writes.json
  {
    "methods": ["PUT", "PATCH", "DELETE"],
    "create": { "path": "/notes", "content": { "text": "note {n}" } },
    "content": { "text": "note {n}" },
    "absent": "/notes/{random}",
    "putCreates": true
  }

  methods     which of PUT, PATCH, DELETE and POST change a resource at its own path
  create      method (default: POST), path and content of a request that makes a new one; it is where Location says, or
              "at", with members of the answer: "/notes/{id}". PUT is sent with If-None-Match: *
  remove      whether DELETE takes it away afterwards (default: true)
  content     what to write: JSON, or { "type": "text/plain", "body": "note {n}" }; or one of these for each method:
              { "PUT": …, "PATCH": … }
  absent      a path at which there is nothing yet, and putCreates whether PUT makes a resource there
  required    whether writes without a condition are answered 428; "tag": those without a tag in If-Match, too

  {n} becomes a number, {random} and {uuid} a new name. A file .js, .mjs or .cjs exports the same with functions:
  create(api), remove(path, api), content(n, method), absent(api).

Exit status
  0    everything that applies has passed
  1    something has failed
  2    it could not be checked: a wrong option, no answer, no such resource, or a claim of --features for which
       something is lacking, such as 304 where there is no ETag, and 428 without --write
  130  interrupted by Ctrl-C, which ends it after the case that is under way and reports what is known
`;
