import { useApi } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import type {
  Improvement,
  ImprovementDetail,
} from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceApiRef } from '../../api';
import { LoadFailure } from '../../feedback';
import { useServiceChanges } from '../../improvements';
import { useLoadable } from '../../loading';
import { useTexts } from '../../translation';
import { ExternalLink } from '../ExternalLink';
import { ListSkeleton } from '../ListSkeleton';
import { chainDepths } from './chainDepths';
import { Judgement } from './Judgement';
import { StageLabel } from './StageLabel';
import { useLoopStyles } from './useLoopStyles';

/** No deeper, so that a long chain stays readable on a phone. */
const MAX_INDENT = 5;

const useStyles = makeStyles(theme => ({
  list: { margin: 0, padding: 0, listStyle: 'none' },
  link: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: theme.spacing(0, 1),
    padding: theme.spacing(0.5, 0, 0.5, 1.5),
    borderLeft: `3px solid ${theme.palette.divider}`,
  },
  judgement: { flexBasis: '100%' },
  current: { fontWeight: 600 },
}));

interface ChainProps {
  improvement: Improvement;
  now: number;
  /** The improvements that are loaded, by their ids: these tell their judgements. */
  loaded: ReadonlyMap<string, Improvement>;
}

const ChainList = (props: ChainProps & { detail: ImprovementDetail }) => {
  const { detail, loaded, now } = props;
  const { chain, id } = detail;
  const classes = useStyles();
  const { t } = useTexts();
  const depths = chainDepths(chain);
  const judgementOf = (linkId: string) => {
    const evaluation = loaded.get(linkId)?.evaluation;
    // The entry that the chain belongs to tells its own.
    return linkId !== id && evaluation ? (
      <div className={classes.judgement}>
        <Judgement evaluation={evaluation} now={now} />
      </div>
    ) : null;
  };
  return (
    <ol className={classes.list} aria-label={t('tab.loop.chain')}>
      {chain.map((each, index) => (
        <li
          key={each.id}
          className={classes.link}
          style={{ marginLeft: 12 * Math.min(depths[index], MAX_INDENT) }}
          aria-current={each.id === id ? 'true' : undefined}
        >
          <StageLabel stage={each.stage} />
          <span className={each.id === id ? classes.current : undefined}>
            {each.title}
          </span>
          {each.ticketKey !== null && (
            <ExternalLink url={each.ticketUrl}>{each.ticketKey}</ExternalLink>
          )}
          {judgementOf(each.id)}
        </li>
      ))}
    </ol>
  );
};

/** An improvement among those that were tried for the same goal, in their order. */
export const Chain = (props: ChainProps) => {
  const { entityRef, id } = props.improvement;
  const api = useApi(operationalExcellenceApiRef);
  const classes = useLoopStyles();
  const { t } = useTexts();
  const changes = useServiceChanges(entityRef);
  const detail = useLoadable(`${id} ${changes}`, signal =>
    api.getImprovement(id, { signal }),
  );
  if (detail.status === 'loading') {
    return <ListSkeleton label={t('tab.loop.loadingChain')} />;
  }
  if (detail.status !== 'ready') return <LoadFailure failure={detail} />;
  return (
    <div>
      <div className={classes.secondary}>{t('tab.loop.chain')}</div>
      <ChainList {...props} detail={detail.value} />
    </div>
  );
};
