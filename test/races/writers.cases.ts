import { memoryLock } from '../../lib/index.js';
import type { Lock } from '../../lib/index.js';
import type { RaceSetup } from './race.js';

/** Writers, and all that can become of them. */
export interface Case {
  readonly title: string;
  readonly setup: Omit<RaceSetup, 'serve'>;
  /** In how many orders their steps can happen. */
  readonly orders: number;
  /** How many are left when private steps are not varied; only without a lock there are any. */
  readonly reduced?: number;
  /** Each response and the counter in the end, from 1: the same in all orders and in the reduced ones. */
  readonly outcomes: readonly string[];
}

const lock = memoryLock;
const A_WINS = 'A 200, B 412: 2';
const B_WINS = 'A 412, B 200: 2';
const BOTH_WRITE = 'A 200, B 200: 3';
const ONE_OF_THREE = ['A 200, B 412, C 412: 2', 'A 412, B 200, C 412: 2', 'A 412, B 412, C 200: 2'];
const ALL_THREE = ['A 200, B 200, C 200: 4'];
const ONE_OF_TWO_AND_C = ['A 200, B 412, C 200: 3', 'A 412, B 200, C 200: 3'];

export const PROTECTED: readonly Case[] = [
  // Without If-Match a guard demands nothing: nobody has said which version the change is made for. What a handler reads
  // itself it still has to find again when it writes, or to leave the reading to the store. No update is lost, then, when
  // each of them is in the counter; in which order they came to be there, nobody has asked.
  {
    title: 'two without If-Match, who compare and set until it succeeds',
    setup: { handler: 'guarded', ifMatch: [null, null] },
    orders: 28,
    reduced: 6,
    outcomes: [BOTH_WRITE],
  },
  {
    title: 'two without If-Match, who let the store add',
    setup: { handler: 'adding', ifMatch: [null, null] },
    orders: 6,
    reduced: 2,
    outcomes: [BOTH_WRITE],
  },
  {
    title: 'two without If-Match, under a lock',
    setup: { handler: 'naive', lock, ifMatch: [null, null] },
    orders: 12,
    outcomes: [BOTH_WRITE],
  },
  {
    title: 'two with the same If-Match, under their guards',
    setup: { handler: 'guarded', ifMatch: [1, 1] },
    orders: 246,
    reduced: 20,
    outcomes: [A_WINS, B_WINS],
  },
  {
    title: 'two with the same If-Match, in one statement under their guards',
    setup: { handler: 'adding', ifMatch: [1, 1] },
    orders: 66,
    reduced: 6,
    outcomes: [A_WINS, B_WINS],
  },
  {
    title: 'two with the same If-Match, under a lock',
    setup: { handler: 'naive', lock, ifMatch: [1, 1] },
    orders: 12,
    outcomes: [A_WINS, B_WINS],
  },
  {
    title: 'one with If-Match and one without, under their guards',
    setup: { handler: 'guarded', ifMatch: [1, null] },
    orders: 61,
    reduced: 10,
    outcomes: [BOTH_WRITE, B_WINS],
  },
  {
    title: 'one with If-Match and one without, in one statement under their guards',
    setup: { handler: 'adding', ifMatch: [1, null] },
    orders: 13,
    reduced: 3,
    outcomes: [BOTH_WRITE, B_WINS],
  },
  {
    title: 'one with If-Match and one without, under a lock',
    setup: { handler: 'naive', lock, ifMatch: [1, null] },
    orders: 12,
    outcomes: [BOTH_WRITE, B_WINS],
  },
  {
    title: 'three without If-Match, who compare and set until it succeeds',
    setup: { handler: 'guarded', ifMatch: [null, null, null] },
    orders: 23_328,
    reduced: 498,
    outcomes: ALL_THREE,
  },
  {
    title: 'three without If-Match, under a lock',
    setup: { handler: 'naive', lock, ifMatch: [null, null, null] },
    orders: 306,
    outcomes: ALL_THREE,
  },
  {
    title: 'three with the same If-Match, under their guards',
    setup: { handler: 'guarded', ifMatch: [1, 1, 1] },
    orders: 677_610,
    reduced: 1428,
    outcomes: ONE_OF_THREE,
  },
  {
    title: 'three with the same If-Match, in one statement under their guards',
    setup: { handler: 'adding', ifMatch: [1, 1, 1] },
    orders: 26_190,
    reduced: 66,
    outcomes: ONE_OF_THREE,
  },
  {
    title: 'three with the same If-Match, under a lock',
    setup: { handler: 'naive', lock, ifMatch: [1, 1, 1] },
    orders: 198,
    outcomes: ONE_OF_THREE,
  },
  {
    title: 'two with the same If-Match and one that names what the faster leaves, under their guards',
    setup: { handler: 'guarded', ifMatch: [1, 1, 2] },
    orders: 39_972,
    reduced: 206,
    outcomes: [...ONE_OF_TWO_AND_C, 'A 200, B 412, C 412: 2', 'A 412, B 200, C 412: 2'],
  },
  {
    title: 'two with the same If-Match and one that names what the faster leaves, under a lock',
    setup: { handler: 'naive', lock, ifMatch: [1, 1, 2] },
    orders: 210,
    outcomes: [...ONE_OF_TWO_AND_C, 'A 200, B 412, C 412: 2', 'A 412, B 200, C 412: 2'],
  },
  {
    title: 'two with the same If-Match and one without, under their guards',
    setup: { handler: 'guarded', ifMatch: [1, 1, null] },
    orders: 127_950,
    reduced: 776,
    outcomes: [...ONE_OF_TWO_AND_C, 'A 412, B 412, C 200: 2'],
  },
  {
    title: 'two with the same If-Match and one without, under a lock',
    setup: { handler: 'naive', lock, ifMatch: [1, 1, null] },
    orders: 234,
    outcomes: [...ONE_OF_TWO_AND_C, 'A 412, B 412, C 200: 2'],
  },
  {
    title: 'one with If-Match and two without, under their guards',
    setup: { handler: 'guarded', ifMatch: [1, null, null] },
    orders: 44_504,
    reduced: 586,
    outcomes: [...ALL_THREE, 'A 412, B 200, C 200: 3'],
  },
  {
    title: 'one with If-Match and two without, under a lock',
    setup: { handler: 'naive', lock, ifMatch: [1, null, null] },
    orders: 270,
    outcomes: [...ALL_THREE, 'A 412, B 200, C 200: 3'],
  },
];

/**
 * Clients who do what they can to keep the lock from others. 'A gone': A hung up and nothing was written. 'A unheard': A hung
 * up when the handler was running, which has written all the same.
 */
export const DIFFICULT: readonly Case[] = [
  {
    title: 'two without If-Match, of whom A hangs up',
    setup: { handler: 'naive', lock, ifMatch: [null, null], leaves: true },
    orders: 117,
    outcomes: [BOTH_WRITE, 'A gone, B 200: 2', 'A unheard, B 200: 3'],
  },
  {
    title: 'two with the same If-Match, of whom A hangs up',
    setup: { handler: 'naive', lock, ifMatch: [1, 1], leaves: true },
    orders: 81,
    outcomes: [A_WINS, B_WINS, 'A gone, B 200: 2', 'A unheard, B 412: 2'],
  },
  {
    title: 'two, of whom only B has an If-Match and A hangs up',
    setup: { handler: 'naive', lock, ifMatch: [null, 1], leaves: true },
    orders: 99,
    outcomes: [A_WINS, BOTH_WRITE, 'A gone, B 200: 2', 'A unheard, B 200: 3', 'A unheard, B 412: 2'],
  },
  {
    title: 'two without If-Match, of whom A sends its content late',
    setup: { handler: 'naive', lock, ifMatch: [null, null], isSlow: true },
    orders: 33,
    outcomes: [BOTH_WRITE],
  },
  {
    title: 'two with the same If-Match, of whom A sends its content late',
    setup: { handler: 'naive', lock, ifMatch: [1, 1], isSlow: true },
    orders: 33,
    outcomes: [A_WINS, B_WINS],
  },
  {
    title: 'two with the same If-Match, of whom A sends its content late, if at all, and hangs up',
    setup: { handler: 'naive', lock, ifMatch: [1, 1], isSlow: true, leaves: true },
    orders: 263,
    outcomes: [A_WINS, B_WINS, 'A gone, B 200: 2', 'A unheard, B 412: 2'],
  },
];

/** A case in which updates are lost. */
export interface FaultyCase extends Case {
  /** In how many of the orders, and of the reduced ones. */
  readonly violations: { readonly all: number; readonly reduced?: number };
  /** The shortest schedule that loses one, and what is wrong about it. */
  readonly what: string;
  readonly schedule: readonly string[];
}

/** A lock that everybody has at once. */
function brokenLock(): Lock {
  return { withLock: async (_key, whileLocked) => whileLocked() };
}

const TWO_MADE_ONE = 'an update is lost: of 2 that succeeded, the counter shows 1';
const LOST = 'A 200, B 200: 2';

export const UNPROTECTED: readonly FaultyCase[] = [
  {
    title: 'two without If-Match',
    setup: { handler: 'naive', ifMatch: [null, null] },
    orders: 20,
    reduced: 6,
    outcomes: [LOST, BOTH_WRITE],
    violations: { all: 12, reduced: 4 },
    what: TWO_MADE_ONE,
    schedule: ['A reads 1', 'B reads 1', 'B writes 2', 'B gets 200', 'A writes 2', 'A gets 200'],
  },
  {
    title: 'two with the same If-Match',
    setup: { handler: 'naive', ifMatch: [1, 1] },
    orders: 246,
    reduced: 20,
    outcomes: [LOST, A_WINS, BOTH_WRITE, B_WINS],
    violations: { all: 240, reduced: 18 },
    what: TWO_MADE_ONE,
    schedule: [
      "A's provider reads 1",
      'A is checked',
      'A reads 1',
      "B's provider reads 1",
      'B is checked',
      'B reads 1',
      'B writes 2',
      'B gets 200',
      'A writes 2',
      'A gets 200',
    ],
  },
  {
    title: 'one with If-Match and one without',
    setup: { handler: 'naive', ifMatch: [1, null] },
    orders: 53,
    reduced: 10,
    outcomes: [LOST, BOTH_WRITE, B_WINS],
    violations: { all: 46, reduced: 8 },
    what: TWO_MADE_ONE,
    schedule: [
      "A's provider reads 1",
      'A is checked',
      'A reads 1',
      'B reads 1',
      'B writes 2',
      'B gets 200',
      'A writes 2',
      'A gets 200',
    ],
  },
  {
    title: 'three without If-Match',
    setup: { handler: 'naive', ifMatch: [null, null, null] },
    orders: 1680,
    reduced: 90,
    outcomes: [...ALL_THREE, 'A 200, B 200, C 200: 2', 'A 200, B 200, C 200: 3'],
    violations: { all: 1512, reduced: 84 },
    what: 'an update is lost: of 3 that succeeded, the counter shows 2',
    schedule: [
      'A reads 1',
      'A writes 2',
      'A gets 200',
      'B reads 2',
      'C reads 2',
      'C writes 3',
      'C gets 200',
      'B writes 3',
      'B gets 200',
    ],
  },
  {
    title: 'three with the same If-Match',
    setup: { handler: 'naive', ifMatch: [1, 1, 1] },
    orders: 677_610,
    reduced: 1428,
    outcomes: [
      ...ONE_OF_THREE,
      ...ALL_THREE,
      'A 200, B 200, C 200: 2',
      'A 200, B 200, C 200: 3',
      'A 200, B 200, C 412: 2',
      'A 200, B 200, C 412: 3',
      'A 200, B 412, C 200: 2',
      'A 200, B 412, C 200: 3',
      'A 412, B 200, C 200: 2',
      'A 412, B 200, C 200: 3',
    ],
    violations: { all: 677_520, reduced: 1422 },
    what: TWO_MADE_ONE,
    schedule: [
      "A's provider reads 1",
      'A is checked',
      'A reads 1',
      "B's provider reads 1",
      'B is checked',
      'B reads 1',
      'B writes 2',
      'B gets 200',
      'A writes 2',
      'A gets 200',
      "C's provider reads 2",
      'C is checked',
      'C gets 412',
    ],
  },
];

/** So that the explorer is known to see what a lock is for. */
export const BROKEN_LOCK: FaultyCase = {
  title: 'two without If-Match, under a lock that everybody has at once',
  setup: { handler: 'naive', lock: brokenLock, ifMatch: [null, null] },
  orders: 924,
  outcomes: [LOST, BOTH_WRITE],
  violations: { all: 420 },
  what: 'an update is lost: of 3 that succeeded, the counter shows 2',
  schedule: [
    'A arrives',
    "A's provider reads 1",
    'A is checked',
    'A reads 1',
    'B arrives',
    "B's provider reads 1",
    'B is checked',
    'B reads 1',
    'B writes 2',
    'B gets 200',
    'A writes 2',
    'A gets 200',
    "Z's provider reads 2",
    'Z is checked',
    'Z reads 2',
    'Z writes 3',
    'Z gets 200',
  ],
};
