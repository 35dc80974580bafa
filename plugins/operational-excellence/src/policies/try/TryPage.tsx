import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { operationalExcellenceApiRef } from '../../api';
import { DraftKind, DraftNotices, useKeptDraft } from '../../drafts';
import { ListSkeleton } from '../../entityContent/ListSkeleton';
import { useAct } from '../../exercises/useAct';
import { errorText, LoadFailure, ReadableErrors } from '../../feedback';
import { useLoadable } from '../../loading';
import { usePortalLinks } from '../../portalLinks';
import { useTexts } from '../../translation';
import { useMayTry } from '../useMayTry';
import { formatPolicies, parsePolicies, TextProblem } from './policyText';
import { ProblemList } from './ProblemList';

const ID = 'operational-excellence-policy-text';

interface TextDraft {
  text: string;
}

const textDrafts: DraftKind<TextDraft> = {
  format: draft => ({ ...draft }),
  parse: kept => {
    const { text } = Object(kept) as { text?: unknown };
    return typeof text === 'string' ? { text } : undefined;
  },
  isUntouched: (draft, begun) => draft.text === begun.text,
};

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'minmax(0, 1fr)',
    fontFamily: theme.typography.fontFamily,
  },
  form: {
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'minmax(0, 1fr)',
    padding: theme.spacing(2),
    fontSize: '0.875rem',
  },
  title: { margin: 0, fontSize: '1.375rem', fontWeight: 600 },
  about: { margin: 0 },
  text: {
    fontFamily: 'monospace',
    fontSize: '0.8125rem',
    lineHeight: 1.5,
    whiteSpace: 'pre',
    overflowX: 'auto',
  },
  actions: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
}));

const Editing = (props: { present: string; hasUpcoming: boolean }) => {
  const { hasUpcoming, present } = props;
  const classes = useStyles();
  const api = useApi(operationalExcellenceApiRef);
  const allowance = useMayTry();
  const links = usePortalLinks();
  const navigate = useNavigate();
  const { t } = useTexts();
  const kept = useKeptDraft(textDrafts, 'policies', () => ({ text: present }));
  const [acting, act] = useAct();
  const [tried, setTried] = useState<string>();
  const field = useRef<HTMLTextAreaElement>(null);
  if (!kept) return <ListSkeleton label={t('policies.try.loading')} />;

  const { text } = kept.draft;
  const isSending = acting.status === 'sending';
  const read = tried === undefined ? undefined : parsePolicies(text);
  const problems = read && 'problems' in read ? read.problems : [];
  const goTo = ({ line, offset }: TextProblem) => {
    const area = field.current;
    if (!area) return;
    area.focus();
    const end = text.indexOf('\n', offset);
    area.setSelectionRange(offset, end === -1 ? text.length : end);
    const lines = text.split('\n').length;
    area.scrollTop = (area.scrollHeight * (line - 3)) / lines;
  };
  const submit = () => {
    setTried(text);
    const parsed = parsePolicies(text);
    if ('problems' in parsed) {
      goTo(parsed.problems[0]);
      return;
    }
    act(async () => {
      const preview = await api.previewPolicies({ policies: parsed.policies });
      if (links) navigate(links.policyPreview(preview.id));
    });
  };
  const mayBegin = allowance.isAllowed && !isSending;

  return (
    <Paper>
      <form
        className={classes.form}
        noValidate
        aria-busy={isSending}
        onSubmit={event => {
          event.preventDefault();
          if (mayBegin) submit();
        }}
      >
        <h2 className={classes.title}>{t('policies.try.title')}</h2>
        <p className={classes.about}>{t('policies.try.about')}</p>
        {allowance.denial && <Alert severity="info">{allowance.denial}</Alert>}
        <DraftNotices kept={kept} />
        <TextField
          id={ID}
          variant="outlined"
          fullWidth
          multiline
          minRows={16}
          maxRows={24}
          label={t('policies.try.text')}
          value={text}
          inputRef={field}
          onChange={({ target }) => kept.change({ text: target.value })}
          error={problems.length > 0}
          InputProps={{ classes: { input: classes.text } }}
          inputProps={{
            spellCheck: false,
            autoCapitalize: 'off',
            wrap: 'off',
            'aria-describedby': problems.length ? `${ID}-problems` : undefined,
          }}
        />
        {problems.length > 0 && (
          <ProblemList
            id={`${ID}-problems`}
            problems={problems}
            onGoTo={goTo}
          />
        )}
        {acting.status === 'failed' && (
          <Alert severity="error" role="alert">
            {t('policies.try.failed', { message: errorText(acting.error) })}
          </Alert>
        )}
        {text === present && (
          <Alert severity="info">
            {hasUpcoming
              ? t('policies.try.unchangedUpcoming')
              : t('policies.try.unchanged')}
          </Alert>
        )}
        <div className={classes.actions}>
          <Button
            type="submit"
            variant="contained"
            color="primary"
            aria-disabled={!mayBegin}
            style={mayBegin ? undefined : { opacity: 0.6 }}
          >
            {isSending ? t('policies.try.sending') : t('policies.try.submit')}
          </Button>
          {text !== present && (
            <Button
              variant="outlined"
              onClick={() => {
                setTried(undefined);
                kept.discard({ text: present });
              }}
            >
              {t('policies.try.reset')}
            </Button>
          )}
        </div>
      </form>
    </Paper>
  );
};

/** Tries other policies than those of the configuration. */
const TryPage = () => {
  const classes = useStyles();
  const api = useApi(operationalExcellenceApiRef);
  const links = usePortalLinks();
  const { t } = useTexts();
  const loaded = useLoadable('policies', signal => api.getPolicies({ signal }));
  const content = () => {
    switch (loaded.status) {
      case 'loading':
        return <ListSkeleton label={t('policies.try.loading')} />;
      case 'ready':
        return (
          <Editing
            present={formatPolicies(
              loaded.value.items.map(({ policy }) => policy),
            )}
            hasUpcoming={loaded.value.items.some(
              ({ upcomingFrom }) => upcomingFrom !== null,
            )}
          />
        );
      default:
        return (
          <Paper>
            <LoadFailure failure={loaded} />
          </Paper>
        );
    }
  };
  return (
    <ReadableErrors>
      <div className={classes.root}>
        {links && (
          <div>
            <Link to={links.policies()}>{t('policies.all')}</Link>
          </div>
        )}
        {content()}
      </div>
    </ReadableErrors>
  );
};

export default TryPage;
