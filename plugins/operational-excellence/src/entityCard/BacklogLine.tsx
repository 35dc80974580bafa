import {
  ANNOTATION_TRACKER,
  type MeasureState,
  type ServiceDetail,
} from 'backstage-plugin-operational-excellence-common';
import { backlogKnowledge } from '../entityContent/backlog/backlogKnowledge';
import { Moment, useTimeWords } from '../time';
import { useTexts } from '../translation';
import { MeasureLine } from './MeasureLine';
import { NextAction } from './NextAction';
import { useThreshold } from './useThreshold';

const TRACKER_ANNOTATIONS = [
  'metadata:',
  '  annotations:',
  '    github.com/project-slug: owner/repository',
  `    ${ANNOTATION_TRACKER}: built-in`,
].join('\n');

const BacklogFigure = (props: { service: ServiceDetail; now: number }) => {
  const { service, now } = props;
  const { t } = useTexts();
  const words = useTimeWords();
  const knowledge = backlogKnowledge(service);
  const { oldestCreatedAt, medianCreatedAt, openCount } = service.backlog;

  if (!oldestCreatedAt || !medianCreatedAt) {
    if (knowledge === 'not-configured') {
      return <>{t('card.backlog.notConfigured')}</>;
    }
    return knowledge === 'known' ? (
      <>{t('card.backlog.none')}</>
    ) : (
      <>{t('scorecard.unknownFigure')}</>
    );
  }
  const figure = (
    <>
      <Moment instant={oldestCreatedAt}>
        {t('card.backlog.oldest', { age: words.age(oldestCreatedAt, now) })}
      </Moment>
      {` · ${t('card.backlog.open', { count: openCount })} · ${t(
        'card.backlog.median',
        { age: words.age(medianCreatedAt, now) },
      )}`}
    </>
  );
  return knowledge === 'last-known' ? (
    <>
      {`${t('card.unknown.lastKnown')} `}
      {figure}
    </>
  ) : (
    figure
  );
};

/** How long improvements have been waiting. */
export const BacklogLine = (props: { service: ServiceDetail; now: number }) => {
  const { service, now } = props;
  const { t } = useTexts();
  const words = useTimeWords();
  const withPolicy = useThreshold(service);
  const threshold = service.thresholds?.backlog;

  const action = (state: MeasureState) => {
    switch (state) {
      case 'not-configured':
        return (
          <NextAction
            text={t('card.backlog.notConfiguredAction')}
            snippet={TRACKER_ANNOTATIONS}
          />
        );
      case 'overdue':
        return <NextAction text={t('card.backlog.overdueAction')} />;
      case 'due-soon':
        return <NextAction text={t('card.backlog.dueSoonAction')} />;
      default:
        return null;
    }
  };

  return (
    <MeasureLine
      measure="backlog"
      status={service.backlog}
      now={now}
      figure={<BacklogFigure service={service} now={now} />}
      threshold={
        threshold
          ? withPolicy(
              t('card.backlog.threshold', {
                duration: words.duration(threshold.maxAge),
              }),
            )
          : t('card.backlog.notRequired')
      }
      action={action}
    />
  );
};
