import type {
  MeasureState,
  ServiceDetail,
} from 'backstage-plugin-operational-excellence-common';
import { Moment, useTimeWords } from '../time';
import { useTexts } from '../translation';
import { MeasureLine } from './MeasureLine';
import { ReadinessAction } from './ReadinessAction';
import { useThreshold } from './useThreshold';

function newestOf([newest]: ServiceDetail['readinessTests']) {
  return { ...newest, lastPerformedAt: newest.performedAt };
}

/** When it was last proven that the service can be operated. */
export const ReadinessTestLine = (props: {
  service: ServiceDetail;
  now: number;
}) => {
  const { service, now } = props;
  const { readinessTest } = service;
  const { t } = useTexts();
  const words = useTimeWords();
  const withPolicy = useThreshold(service);
  const threshold = service.thresholds?.readinessTest;
  const { missingTemplates } = readinessTest;
  // Where no policy says which template counts, the newest test of any.
  const { lastPerformedAt, template, verdict } =
    readinessTest.state === 'not-required' && service.readinessTests.length
      ? newestOf(service.readinessTests)
      : readinessTest;
  const templates = missingTemplates.join(', ');

  const action = (state: MeasureState) => {
    switch (state) {
      case 'failing':
        return <ReadinessAction text={t('card.readinessTest.failingAction')} />;
      case 'never':
        return (
          <ReadinessAction
            text={t('card.readinessTest.neverAction', {
              count: missingTemplates.length,
              templates,
            })}
          />
        );
      case 'overdue':
        return <ReadinessAction text={t('card.readinessTest.overdueAction')} />;
      case 'due-soon':
        return <ReadinessAction text={t('card.readinessTest.dueSoonAction')} />;
      default:
        return null;
    }
  };

  const figure =
    lastPerformedAt && template && verdict ? (
      <>
        <Moment instant={lastPerformedAt}>
          {t('card.readinessTest.last', {
            ago: words.ago(lastPerformedAt, now),
            template,
            verdict: t(`verdict.${verdict}`),
          })}
        </Moment>
        {templates && ` · ${t('card.readinessTest.missing', { templates })}`}
      </>
    ) : (
      t('card.readinessTest.never')
    );

  return (
    <MeasureLine
      measure="readinessTest"
      status={readinessTest}
      now={now}
      figure={figure}
      threshold={
        threshold
          ? withPolicy(
              t('card.readinessTest.threshold', {
                duration: words.duration(threshold.every),
              }),
            )
          : t('card.readinessTest.notRequired')
      }
      action={action}
    />
  );
};
