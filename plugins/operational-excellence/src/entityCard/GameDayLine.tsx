import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  FIS_ENTITY_REF_TAG,
  type MeasureState,
  type ServiceDetail,
} from 'backstage-plugin-operational-excellence-common';
import { Moment, useTimeWords } from '../time';
import { operationalExcellenceTranslationRef } from '../translation';
import { MeasureLine } from './MeasureLine';
import { NextAction } from './NextAction';
import { useThreshold } from './useThreshold';

const GameDayFigure = (props: {
  gameDay: ServiceDetail['gameDay'];
  now: number;
}) => {
  const { gameDay, now } = props;
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
  const words = useTimeWords();
  const state = gameDay.underlyingState ?? gameDay.state;
  if (gameDay.lastHeldAt && gameDay.last) {
    return (
      <>
        {state === 'unknown' && `${t('card.unknown.lastKnown')} `}
        <Moment instant={gameDay.lastHeldAt}>
          {t('card.gameDay.last', {
            ago: words.ago(gameDay.lastHeldAt, now),
            title: gameDay.last.title,
            outcome: gameDay.last.outcome,
          })}
        </Moment>
      </>
    );
  }
  if (state === 'unknown') return <>{t('scorecard.unknownFigure')}</>;
  if (state === 'not-configured') return <>{t('card.gameDay.notConfigured')}</>;
  return <>{t('card.gameDay.never')}</>;
};

/** When failure was last rehearsed. */
export const GameDayLine = (props: { service: ServiceDetail; now: number }) => {
  const { service, now } = props;
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
  const words = useTimeWords();
  const withPolicy = useThreshold(service);
  const threshold = service.thresholds?.gameDay;
  const tag = `${FIS_ENTITY_REF_TAG}: ${service.entityRef}`;

  const action = (state: MeasureState) => {
    switch (state) {
      case 'not-configured':
        return (
          <NextAction
            text={t('card.gameDay.notConfiguredAction')}
            snippet={tag}
          />
        );
      case 'never':
        return (
          <NextAction text={t('card.gameDay.neverAction')} snippet={tag} />
        );
      case 'overdue':
        return <NextAction text={t('card.gameDay.overdueAction')} />;
      case 'due-soon':
        return <NextAction text={t('card.gameDay.dueSoonAction')} />;
      default:
        return null;
    }
  };

  return (
    <MeasureLine
      measure="gameDay"
      status={service.gameDay}
      now={now}
      figure={<GameDayFigure gameDay={service.gameDay} now={now} />}
      threshold={
        threshold
          ? withPolicy(
              t('card.gameDay.threshold', {
                duration: words.duration(threshold.every),
              }),
            )
          : t('card.gameDay.notRequired')
      }
      action={action}
    />
  );
};
