import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import type {
  ReadinessAnswerValue,
  ReadinessTestDetail,
} from 'backstage-plugin-operational-excellence-common';
import { ReactNode } from 'react';
import { Markdown } from '../../entityContent/loop/Markdown';
import { VerdictLabel } from '../../entityContent/readiness/VerdictLabel';
import { Who } from '../../exercises/words';
import { dayOf, Moment, useTimeWords } from '../../time';
import { useTexts } from '../../translation';
import { useRunStyles } from '../running/useRunStyles';
import { ValidUntil } from './ValidUntil';

const useStyles = makeStyles(theme => ({
  facts: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 180px), 1fr))',
    gap: theme.spacing(1.5, 2),
    margin: 0,
    '& dt': {
      color: theme.palette.text.secondary,
      fontSize: '0.8125rem',
    },
    '& dd': { margin: 0 },
  },
}));

const Fact = (props: { name: string; children: ReactNode }) => (
  <div>
    <dt>{props.name}</dt>
    <dd>{props.children}</dd>
  </div>
);

/** What a test has come to. */
export const ResultFacts = (props: {
  test: ReadinessTestDetail;
  now: number;
}) => {
  const { now, test } = props;
  const { performedAt, performedBy, signOff, summary, verdict } = test;
  const classes = useRunStyles();
  const own = useStyles();
  const words = useTimeWords();
  const { t } = useTexts();
  const count = (value: ReadinessAnswerValue) =>
    test.answers.filter(answer => answer.value === value).length;

  return (
    <Paper component="section" className={classes.box}>
      <div className={classes.stack}>
        <h3 className={classes.heading}>{t('readinessRuns.result.title')}</h3>
        <dl className={own.facts}>
          {verdict && (
            <Fact name={t('readinessRuns.result.verdict')}>
              <VerdictLabel verdict={verdict} />
            </Fact>
          )}
          {performedAt && (
            <Fact name={t('readinessRuns.result.performed')}>
              <Moment instant={performedAt}>{dayOf(performedAt)}</Moment>{' '}
              {performedBy && <Who who={performedBy} />}
            </Fact>
          )}
          {test.state === 'finished' && (
            <Fact name={t('readinessRuns.result.validUntil')}>
              <ValidUntil test={test} now={now} />
            </Fact>
          )}
          {signOff && (
            <Fact name={t('readinessRuns.signOff.title')}>
              <Moment instant={signOff.at}>
                {signOff.decision === 'accepted'
                  ? t('readinessRuns.signOff.accepted', {
                      ago: words.ago(signOff.at, now),
                    })
                  : t('readinessRuns.signOff.returned', {
                      ago: words.ago(signOff.at, now),
                    })}
              </Moment>{' '}
              <Who who={signOff.by} />
              {signOff.comment && <div>{signOff.comment}</div>}
            </Fact>
          )}
          {test.answers.length > 0 && (
            <Fact name={t('readinessRuns.result.answers')}>
              {[
                t('readinessRuns.result.yes', { count: count('yes') }),
                t('readinessRuns.result.no', { count: count('no') }),
                t('readinessRuns.result.notApplicable', {
                  count: count('not-applicable'),
                }),
              ].join(', ')}
            </Fact>
          )}
        </dl>
        {summary && <Markdown content={summary} />}
        {!test.content && <div>{t('readinessRuns.result.onlyResult')}</div>}
      </div>
    </Paper>
  );
};
