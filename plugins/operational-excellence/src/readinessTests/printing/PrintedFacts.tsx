import { makeStyles } from '@material-ui/core/styles';
import type { ReadinessTestDetail } from 'backstage-plugin-operational-excellence-common';
import { Markdown } from '../../entityContent/loop/Markdown';
import { exactInstant } from '../../time';
import { useTexts } from '../../translation';

const useStyles = makeStyles({
  facts: {
    display: 'grid !important',
    gridTemplateColumns: 'max-content 1fr',
    gap: '2pt 12pt',
    margin: '0 0 8pt',
    '& dt': { fontWeight: 600 },
    '& dd': { margin: 0 },
  },
});

/** What a test has come to, on paper. */
export const PrintedFacts = (props: { test: ReadinessTestDetail }) => {
  const { test } = props;
  const { signOff, validUntil, verdict } = test;
  const classes = useStyles();
  const { t } = useTexts();
  const by = (instant: string, who: string | null) =>
    [exactInstant(instant), who].filter(Boolean).join(', ');
  const facts: [string, string | null][] = [
    [t('readinessRuns.list.service'), test.entityRef],
    [
      t('readinessRuns.result.template'),
      test.templateVersion === null
        ? test.template
        : `${test.template}, ${t('readinessRuns.version', {
            version: test.templateVersion,
          })}`,
    ],
    [t('readinessRuns.list.state'), t(`readinessRuns.state.${test.state}`)],
    [t('readinessRuns.result.verdict'), verdict && t(`verdict.${verdict}`)],
    [
      t('readinessRuns.progress.label'),
      t('readinessRuns.progress.answered', {
        answered: `${test.answered}`,
        total: `${test.itemCount}`,
      }),
    ],
    [
      t('readinessRuns.result.performed'),
      test.performedAt && by(test.performedAt, test.performedBy),
    ],
    [
      t('readinessRuns.result.validUntil'),
      test.state === 'finished' && validUntil ? exactInstant(validUntil) : null,
    ],
    [
      t('readinessRuns.signOff.title'),
      signOff &&
        [
          signOff.decision === 'accepted'
            ? t('readinessRuns.signOff.acceptedWord')
            : t('readinessRuns.signOff.returnedWord'),
          by(signOff.at, signOff.by),
          signOff.comment,
        ]
          .filter(Boolean)
          .join(', '),
    ],
  ];
  return (
    <>
      <dl className={classes.facts}>
        {facts.map(
          ([name, value]) =>
            value && [
              <dt key={`${name} name`}>{name}</dt>,
              <dd key={name}>{value}</dd>,
            ],
        )}
      </dl>
      {test.summary && <Markdown content={test.summary} />}
    </>
  );
};
