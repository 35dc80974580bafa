import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import type { Improvement } from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { Moment, useTimeWords } from '../../time';
import { useTexts } from '../../translation';
import { ExternalLink } from '../ExternalLink';
import { Chain } from './Chain';
import { DeliveryNote } from './DeliveryNote';
import { Details } from './Details';
import { EntryAction } from './EntryAction';
import { EvaluationDeadline } from './EvaluationDeadline';
import { Goal } from './Goal';
import { Judgement } from './Judgement';
import type { LoopActions } from './LoopActions';
import { shownStage, StageLabel } from './StageLabel';
import { useLoopStyles } from './useLoopStyles';

/** One improvement; its text and what its tracker said come from outside. */
export const ImprovementEntry = (props: {
  improvement: Improvement;
  now: number;
  actions: LoopActions;
  /** All improvements that are loaded, by their ids. */
  loaded: ReadonlyMap<string, Improvement>;
}) => {
  const { actions, improvement, loaded, now } = props;
  const { alternativeTo, alternatives, createdAt, evaluation, goal, id } =
    improvement;
  const { filedBy, stage, ticket, title, tracker } = improvement;
  const classes = useLoopStyles();
  const words = useTimeWords();
  const { t } = useTexts();
  const [isExpanded, setExpanded] = useState(false);
  const titleId = `operational-excellence-improvement-${id}`;
  const isInChain = alternativeTo !== null || alternatives.length > 0;

  return (
    <li className={classes.entry}>
      <div className={classes.head}>
        <StageLabel stage={shownStage(improvement)} />
        <span id={titleId} className={classes.title}>
          {title}
        </span>
        {ticket && <ExternalLink url={ticket.url}>{ticket.key}</ExternalLink>}
      </div>
      {goal && <Goal goal={goal} />}
      {stage === 'filing' && (
        <DeliveryNote improvement={improvement} now={now} />
      )}
      {ticket?.state === 'in-progress' && (
        <div>{t('tab.tickets.in-progress')}</div>
      )}
      {stage === 'gone' && <div>{t('tab.loop.goneHint')}</div>}
      {!evaluation && (
        <EvaluationDeadline improvement={improvement} now={now} />
      )}
      {evaluation && <Judgement evaluation={evaluation} now={now} />}
      <div className={classes.secondary}>
        <Moment instant={createdAt}>
          {t('tab.loop.filed', {
            tracker: tracker.title,
            ago: words.ago(createdAt, now),
          })}
        </Moment>{' '}
        {t('tab.loop.by')} <EntityRefLink entityRef={filedBy} />
      </div>
      {isInChain && (
        <Chain improvement={improvement} now={now} loaded={loaded} />
      )}
      <div className={classes.actions}>
        <EntryAction
          improvement={improvement}
          titleId={titleId}
          actions={actions}
        />
        <Button
          size="small"
          aria-expanded={isExpanded}
          aria-describedby={titleId}
          onClick={() => setExpanded(!isExpanded)}
        >
          {isExpanded ? t('tab.loop.fewerDetails') : t('tab.loop.details')}
        </Button>
      </div>
      {isExpanded && <Details improvement={improvement} now={now} />}
    </li>
  );
};
