import { Link } from '@backstage/core-components';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import type { ReadinessTemplateItem } from 'backstage-plugin-operational-excellence-common';
import { Markdown } from '../../entityContent/loop/Markdown';
import { useItemStyles } from '../running/useItemStyles';
import { useRunStyles } from '../running/useRunStyles';
import { Moment, useTimeWords } from '../../time';
import { useTexts } from '../../translation';
import { useReadinessPaths } from '../useReadinessPaths';
import { ItemMarks } from '../words';
import { formatTestsView, parseTestsView } from './testsView';

const useStyles = makeStyles(theme => ({
  facts: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 200px), 1fr))',
    gap: theme.spacing(1, 2),
    margin: 0,
    '& dt': {
      color: theme.palette.text.secondary,
      fontSize: '0.8125rem',
    },
    '& dd': { margin: 0 },
  },
  // Line numbers stand on lines of their own.
  message: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  section: { margin: theme.spacing(1.5, 0, 0.5), fontWeight: 600 },
  items: {
    display: 'grid',
    gap: theme.spacing(1),
    margin: 0,
    paddingLeft: theme.spacing(2.5),
  },
}));

const TestedServices = (props: { template: ReadinessTemplateItem }) => {
  const { id, services } = props.template;
  const { t } = useTexts();
  const { list } = useReadinessPaths();
  if (!services.tested) return <>{t('readinessRuns.template.neverTested')}</>;
  const linked = (text: string, outdated: boolean) => {
    const params = formatTestsView({
      ...parseTestsView(new URLSearchParams()),
      template: [id],
      newest: true,
      outdated,
    });
    return list ? <Link to={`${list}?${params}`}>{text}</Link> : text;
  };
  const tested = t('readinessRuns.template.testedServices', {
    count: services.tested,
  });
  const outdated = t('readinessRuns.template.outdatedServices', {
    count: services.outdated,
  });
  return (
    <>
      {linked(tested, false)}
      {services.outdated > 0 && (
        <div>
          <strong>{linked(outdated, true)}</strong>
        </div>
      )}
    </>
  );
};

const TemplateItems = (props: { template: ReadinessTemplateItem }) => {
  const { sections } = props.template;
  const classes = useItemStyles();
  const own = useStyles();
  const { t } = useTexts();
  const count = sections.reduce((sum, { items }) => sum + items.length, 0);
  return (
    <details className={classes.guidance}>
      <summary>{t('readinessRuns.template.items', { count })}</summary>
      {sections.map((section, index) => (
        <div key={index}>
          <div className={own.section}>{section.title}</div>
          <ul className={own.items}>
            {section.items.map(item => (
              <li key={item.id}>
                {item.question}
                <ItemMarks item={item} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </details>
  );
};

/** A readiness template: where it comes from and who is tested with it. */
export const TemplateCard = (props: {
  template: ReadinessTemplateItem;
  now: number;
}) => {
  const { now, template } = props;
  const { description, problem, readAt, removed, requiredBy, source } =
    template;
  const classes = useRunStyles();
  const own = useStyles();
  const words = useTimeWords();
  const { t } = useTexts();
  const facts: [string, JSX.Element | string | null][] = [
    [
      t('readinessRuns.template.source'),
      <>
        {source === 'built-in' ? t('readinessRuns.template.builtIn') : source}
        <div className={classes.secondary}>
          <Moment instant={readAt}>
            {t('readinessRuns.template.read', {
              ago: words.ago(readAt, now),
            })}
          </Moment>
        </div>
      </>,
    ],
    [
      t('readinessRuns.template.requiredBy'),
      requiredBy.length
        ? t('readinessRuns.template.policies', {
            count: requiredBy.length,
            policies: requiredBy.join(', '),
          })
        : t('readinessRuns.template.notRequired'),
    ],
    [
      t('readinessRuns.template.validFor'),
      template.validFor
        ? words.duration(template.validFor)
        : t('readinessRuns.result.byPolicy'),
    ],
    [
      t('readinessRuns.template.tested'),
      <TestedServices template={template} />,
    ],
  ];
  return (
    <Paper component="section" className={classes.box}>
      <div className={classes.stack}>
        <div className={classes.spread}>
          <h3 className={classes.heading}>{template.title}</h3>
          <span className={classes.secondary}>
            {t('readinessRuns.version', { version: template.version })}
            {template.signOff && ` · ${t('readinessRuns.template.signOff')}`}
          </span>
        </div>
        {removed && (
          <Alert severity="warning">
            <strong>{t('readinessRuns.template.removed')}</strong>
            <div>{t('readinessRuns.template.removedText')}</div>
          </Alert>
        )}
        {problem && (
          <Alert severity="error">
            <strong>
              {t('readinessRuns.template.problem', {
                version: template.version,
              })}
            </strong>
            <div className={own.message}>{problem}</div>
          </Alert>
        )}
        {description && <Markdown content={description} />}
        <dl className={own.facts}>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <TemplateItems template={template} />
      </div>
    </Paper>
  );
};
