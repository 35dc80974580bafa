import { makeStyles } from '@material-ui/core/styles';
import type { Policy } from 'backstage-plugin-operational-excellence-common';
import type { ReactNode } from 'react';
import { useTexts } from '../../translation';
import { usePolicyWords } from './usePolicyWords';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(1),
    gridTemplateColumns: 'minmax(0, 1fr)',
    padding: theme.spacing(2),
    fontSize: '0.875rem',
    lineHeight: 1.5,
    overflowWrap: 'anywhere',
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: theme.spacing(0, 1.5),
  },
  id: { margin: 0, fontSize: '1.125rem', fontWeight: 600 },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'minmax(110px, auto) minmax(0, 1fr)',
    gap: theme.spacing(0.5, 2),
    margin: 0,
    '& dt': { color: theme.palette.text.secondary },
    '& dd': { margin: 0 },
  },
  match: {
    margin: 0,
    fontSize: '0.8125rem',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
}));

/** A policy: for which services it is, and what it asks of them. */
export const PolicyEntry = (props: {
  policy: Policy;
  /** The level of the heading that its id is. */
  level: 2 | 3;
  /** What is said beside its id. */
  mark?: ReactNode;
  children?: ReactNode;
}) => {
  const { children, mark, policy } = props;
  const Heading = `h${props.level}` as const;
  const classes = useStyles();
  const words = usePolicyWords();
  const { t } = useTexts();
  const parts = words(policy);
  return (
    <li className={classes.root}>
      <div className={classes.head}>
        <Heading className={classes.id}>{policy.id}</Heading>
        {mark}
      </div>
      {children}
      {policy.match ? (
        <div>
          {t('policies.matches')}
          <pre className={classes.match}>
            {JSON.stringify(policy.match, null, 2)}
          </pre>
        </div>
      ) : (
        <div>{t('policies.matchesAll')}</div>
      )}
      {parts.length === 0 && <div>{t('policies.asks.nothing')}</div>}
      {parts.length > 0 && (
        <dl className={classes.facts}>
          {parts.map(({ part, sentences }) => [
            <dt key={`${part}-name`}>{t(`policies.asks.${part}`)}</dt>,
            <dd key={part}>{sentences.join(' ')}</dd>,
          ])}
        </dl>
      )}
    </li>
  );
};
