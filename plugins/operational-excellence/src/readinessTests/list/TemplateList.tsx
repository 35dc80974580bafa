import { useApi } from '@backstage/frontend-plugin-api';
import Paper from '@material-ui/core/Paper';
import Alert from '@material-ui/lab/Alert';
import { makeStyles } from '@material-ui/core/styles';
import { operationalExcellenceApiRef } from '../../api';
import { ListSkeleton } from '../../entityContent/ListSkeleton';
import { Note } from '../../entityContent/Note';
import { LoadFailure } from '../../feedback';
import { useLoadable } from '../../loading';
import { useNow } from '../../time';
import { useTexts } from '../../translation';
import { useRunStyles } from '../running/useRunStyles';
import { TemplateCard } from './TemplateCard';

const useStyles = makeStyles({
  // Line numbers stand on lines of their own.
  message: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
});

/** The readiness templates, and what is wrong with them. */
export const TemplateList = () => {
  const api = useApi(operationalExcellenceApiRef);
  const classes = useRunStyles();
  const own = useStyles();
  const now = useNow();
  const { t } = useTexts();
  const templates = useLoadable('templates', signal =>
    api.getReadinessTemplates({}, { signal }),
  );
  if (templates.status === 'loading') {
    return (
      <Paper>
        <ListSkeleton label={t('readinessRuns.template.loading')} />
      </Paper>
    );
  }
  if (templates.status !== 'ready') {
    return (
      <Paper>
        <LoadFailure failure={templates} />
      </Paper>
    );
  }
  const { items, problems } = templates.value;
  return (
    <>
      {problems.map(({ message, source }, index) => (
        <Alert key={index} severity="error">
          <strong>{t('readinessRuns.template.unreadable')}</strong>
          <div className={classes.secondary}>{source}</div>
          <div className={own.message}>{message}</div>
        </Alert>
      ))}
      {!items.length && !problems.length && (
        <Paper>
          <Note>{t('readinessRuns.template.none')}</Note>
        </Paper>
      )}
      {items.map(template => (
        <TemplateCard key={template.id} template={template} now={now} />
      ))}
    </>
  );
};
