import {
  exerciseOutcomeSchema,
  experimentStateSchema,
  FIS_ENTITY_REF_TAG,
  type MeasureState,
  type ServiceDetail,
} from 'backstage-plugin-operational-excellence-common';
import { PlanGameDayLink } from '../exercises/PlanGameDayLink';
import { Moment, useTimeWords } from '../time';
import { useTexts } from '../translation';
import { gameDayKnowledge } from './gameDayKnowledge';
import { MeasureLine } from './MeasureLine';
import { NextAction } from './NextAction';
import { useThreshold } from './useThreshold';

const GameDayFigure = (props: { service: ServiceDetail; now: number }) => {
  const { service, now } = props;
  const { gameDay } = service;
  const { t } = useTexts();
  const words = useTimeWords();

  /** How an experiment ended, or what came of an exercise, in words. */
  function outcomeOf(last: NonNullable<ServiceDetail['gameDay']['last']>) {
    if (last.kind === 'experiment') {
      const state = experimentStateSchema.safeParse(last.outcome);
      return state.success ? t(`outcome.${state.data}`) : last.outcome;
    }
    const outcome = exerciseOutcomeSchema.safeParse(last.outcome);
    return outcome.success
      ? t(`card.gameDay.outcome.${outcome.data}`)
      : last.outcome;
  }

  const knowledge = gameDayKnowledge(service);
  if (gameDay.lastHeldAt && gameDay.last) {
    return (
      <>
        {knowledge === 'not-known' && `${t('card.unknown.lastKnown')} `}
        <Moment instant={gameDay.lastHeldAt}>
          {t(`card.gameDay.last.${gameDay.last.kind}`, {
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
  const { t } = useTexts();
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
          <>
            <NextAction text={t('card.gameDay.neverAction')} snippet={tag} />
            <PlanGameDayLink service={service} />
          </>
        );
      case 'overdue':
        return (
          <>
            <NextAction text={t('card.gameDay.overdueAction')} />
            <PlanGameDayLink service={service} />
          </>
        );
      case 'due-soon':
        return (
          <>
            <NextAction text={t('card.gameDay.dueSoonAction')} />
            <PlanGameDayLink service={service} />
          </>
        );
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
