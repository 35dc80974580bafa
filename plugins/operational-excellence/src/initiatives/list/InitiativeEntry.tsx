import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import type { Initiative } from 'backstage-plugin-operational-excellence-common';
import type { FacetTitles } from '../../facets';
import { usePortalLinks } from '../../portalLinks';
import { useTexts } from '../../translation';
import {
  InitiativeStateLabel,
  ProgressBar,
  useDueWords,
  useFilterWords,
  useGoalWords,
} from '../words';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(1, 3),
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 280px), 1fr))',
    padding: theme.spacing(1.5, 2),
    fontSize: '0.875rem',
    lineHeight: 1.43,
    overflowWrap: 'anywhere',
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: theme.spacing(0, 1.5),
  },
  title: { fontWeight: 600, fontSize: '1rem' },
  secondary: { color: theme.palette.text.secondary },
}));

/** One initiative of a list: what it asks, of whom, and how far it has come. */
export const InitiativeEntry = (props: {
  initiative: Initiative;
  /** Knows the titles of groups. */
  titleOf: FacetTitles;
  now: number;
}) => {
  const { initiative, now, titleOf } = props;
  const classes = useStyles();
  const links = usePortalLinks();
  const dueWords = useDueWords();
  const filterWords = useFilterWords(titleOf);
  const goalWords = useGoalWords();
  const { t } = useTexts();
  return (
    <li className={classes.root}>
      <div>
        <div className={classes.head}>
          <span className={classes.title}>
            {links ? (
              <Link to={links.initiative(initiative.id)}>
                {initiative.title}
              </Link>
            ) : (
              initiative.title
            )}
          </span>
          <InitiativeStateLabel state={initiative.state} />
        </div>
        <div>{goalWords(initiative.goal)}</div>
        <div className={classes.secondary}>
          {filterWords(initiative.filter).join(' · ')}
        </div>
      </div>
      <div>
        <ProgressBar progress={initiative.progress} />
        <div className={classes.secondary}>
          {`${t('initiatives.due.title')}: ${dueWords(initiative, now)}`}
        </div>
      </div>
    </li>
  );
};
