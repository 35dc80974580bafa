import {
  DAY_MS,
  subtractDuration,
  type ServiceDetail,
} from 'backstage-plugin-operational-excellence-common';
import type { AgeMark } from '../../charts/ages';
import { useTimeWords } from '../../time';
import { useTexts } from '../../translation';

/** What to compare ages with: median, 85th percentile and the policy's limit. */
export function useAgeMarks(service: ServiceDetail, now: number): AgeMark[] {
  const { t } = useTexts();
  const words = useTimeWords();
  const { medianCreatedAt, p85CreatedAt } = service.backlog;
  const limit = service.thresholds?.backlog?.maxAge;
  const daysSince = (instant: number) => Math.max(0, now - instant) / DAY_MS;

  const marks: AgeMark[] = [];
  if (medianCreatedAt) {
    marks.push({
      kind: 'median',
      days: daysSince(Date.parse(medianCreatedAt)),
      title: t('tab.ages.median', { age: words.age(medianCreatedAt, now) }),
    });
  }
  if (p85CreatedAt) {
    marks.push({
      kind: 'p85',
      days: daysSince(Date.parse(p85CreatedAt)),
      title: t('tab.ages.p85', { age: words.age(p85CreatedAt, now) }),
    });
  }
  if (limit) {
    marks.push({
      kind: 'limit',
      days: daysSince(subtractDuration(now, limit)),
      title: t('tab.ages.limit', { age: words.duration(limit) }),
    });
  }
  return marks;
}
