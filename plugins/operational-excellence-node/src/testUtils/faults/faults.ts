import {
  clockGoesBack,
  doubledRows,
  emptyPage,
  lateBody,
  lateHeaders,
  Misbehaviour,
  nothingForBadKey,
  pageForPeople,
  resetAtByte,
  restlessRows,
  samePageAgain,
  serverError,
  tooMany,
  tooManyForSeconds,
  tooManyUntil,
  truncated,
  wrongType,
} from './misbehaviours';
import { always, burst, byChance, only, When } from './schedules';

/**
 * A way in which an upstream fails its readers.
 *
 * @public
 */
export interface Fault {
  /** Lower case, with hyphens. */
  id: string;
  misbehaviour: Misbehaviour;
  when: When;
  /** Set where clients only notice by waiting for longer than half a minute. */
  isSlow?: boolean;
}

/**
 * All faults that sources have to survive.
 *
 * @public
 */
export const FAULTS: readonly Fault[] = [
  {
    id: 'slow-headers',
    misbehaviour: lateHeaders,
    when: always,
    isSlow: true,
  },
  {
    id: 'slow-headers-once',
    misbehaviour: lateHeaders,
    when: only(2),
    isSlow: true,
  },
  { id: 'slow-body', misbehaviour: lateBody, when: always, isSlow: true },
  { id: 'reset-at-byte', misbehaviour: resetAtByte, when: always },
  { id: 'reset-second', misbehaviour: resetAtByte, when: only(2) },
  { id: 'reset-by-chance', misbehaviour: resetAtByte, when: byChance(0.4) },
  {
    id: 'too-many-seconds',
    misbehaviour: tooManyForSeconds(1),
    when: burst(2),
  },
  { id: 'too-many-date', misbehaviour: tooManyUntil(2), when: burst(2) },
  { id: 'too-many-bare', misbehaviour: tooMany, when: burst(3) },
  {
    id: 'too-many-always',
    misbehaviour: tooManyForSeconds(2),
    when: always,
  },
  { id: 'error-500', misbehaviour: serverError(500), when: always },
  { id: 'error-503-burst', misbehaviour: serverError(503), when: burst(3) },
  {
    id: 'error-500-by-chance',
    misbehaviour: serverError(500),
    when: byChance(0.5),
  },
  { id: 'html', misbehaviour: pageForPeople, when: always },
  { id: 'html-third', misbehaviour: pageForPeople, when: only(3) },
  { id: 'truncated-json', misbehaviour: truncated, when: always },
  { id: 'truncated-by-chance', misbehaviour: truncated, when: byChance(0.5) },
  { id: 'wrong-type', misbehaviour: wrongType, when: always },
  { id: 'wrong-type-by-chance', misbehaviour: wrongType, when: byChance(0.5) },
  { id: 'same-page-again', misbehaviour: samePageAgain, when: always },
  { id: 'empty-page', misbehaviour: emptyPage, when: always },
  { id: 'doubled-rows', misbehaviour: doubledRows, when: always },
  { id: 'restless-rows', misbehaviour: restlessRows, when: always },
  { id: 'clock-goes-back', misbehaviour: clockGoesBack, when: always },
  { id: 'empty-for-bad-key', misbehaviour: nothingForBadKey, when: always },
];
