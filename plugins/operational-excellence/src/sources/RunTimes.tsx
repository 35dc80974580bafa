import { Moment, useTimeWords } from '../time';
import { useTexts } from '../translation';

/** When a source or a scope last answered. */
export const CheckedAt = (props: { instant: string | null; now: number }) => {
  const { instant, now } = props;
  const words = useTimeWords();
  const { t } = useTexts();
  if (!instant) return <>{t('sources.never')}</>;
  return <Moment instant={instant}>{words.ago(instant, now)}</Moment>;
};

/** When a source or a scope is to run next. */
export const NextRun = (props: { instant: string | null; now: number }) => {
  const { instant, now } = props;
  const words = useTimeWords();
  if (!instant) return <>–</>;
  return <Moment instant={instant}>{words.ahead(instant, now)}</Moment>;
};
