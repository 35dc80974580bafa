import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  experimentStateSchema,
  FIS_ENTITY_REF_TAG,
  type MeasureState,
  type ServiceDetail,
} from 'backstage-plugin-operational-excellence-common';
import { Moment, useTimeWords } from '../time';
import { operationalExcellenceTranslationRef } from '../translation';
import { gameDayKnowledge } from './gameDayKnowledge';
import { MeasureLine } from './MeasureLine';
import { NextAction } from './NextAction';
import { useThreshold } from './useThreshold';

const GameDayFigure = (props: { service: ServiceDetail; now: number }) => {
  const { service, now } = props;
  const { gameDay } = service;
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
  const words = useTimeWords();

  /** How an experiment ended, in words; of an exercise what people recorded. */
  function outcomeOf(last: NonNullable<ServiceDetail['gameDay']['last']>) {
    const state =
      last.kind === 'experiment' &&
      experimentStateSchema.options.find(known => known === last.outcome);
    return state ? t(`outcome.${state}`) : last.outcome;
  }

  const knowledge = gameDayKnowledge(service);
  if (gameDay.lastHeldAt && gameDay.last) {
    return (
      <>
        {knowledge === 'not-known' && `${t('card.unknown.lastKnown')} `}
        <Moment instant={gameDay.lastHeldAt}>
          {t('card.gameDay.last', {
            ago: words.ago(gameDay.lastHeldAt, now),
            title: gameDay.last.title,
            outcome: outcomeOf(gameDay.last),
          })}
        </Moment>
      </>
    );
  }
  switch (knowledge) {
    case 'not-known':
      return <>{t('scorecard.unknownFigure')}</>;
    case 'not-configured':
      return <>{t('card.gameDay.notConfigured')}</>;
    default:
      return <>{t('card.gameDay.never')}</>;
  }
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
      figure={<GameDayFigure service={service} now={now} />}
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
