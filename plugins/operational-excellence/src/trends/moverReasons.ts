import type { Mover } from 'backstage-plugin-operational-excellence-common';
import { TextFunction, useTexts } from '../translation';

/** How many reasons are told of each. */
const TOLD = 3;

/** Why a group got better or worse, a sentence for each reason. */
export function useMoverReasons(): (mover: Mover) => string[] {
  const { t } = useTexts();
  return mover =>
    mover.reasons
      .filter(({ after, before }) => after !== before)
      .slice(0, TOLD)
      .map(reason => inWords(t, reason));
}

function inWords(t: TextFunction, reason: Mover['reasons'][number]): string {
  const { after, before, measure, state } = reason;
  const direction = after > before ? 'more' : 'fewer';
  return t(`trends.movers.${direction}.${state}`, {
    count: Math.abs(after - before),
    measure: t(`trends.movers.measure.${measure}`),
  });
}
