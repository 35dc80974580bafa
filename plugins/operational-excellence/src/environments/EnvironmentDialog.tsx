import { useApi } from '@backstage/frontend-plugin-api';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import {
  environmentKindSchema,
  type EnvironmentItem,
} from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { operationalExcellenceApiRef } from '../api';
import { ActDialog } from '../exercises/ActDialog';
import { TimeField } from '../exercises/TimeField';
import { useAct } from '../exercises/useAct';
import { useTexts } from '../translation';
import {
  draftOf,
  EnvironmentDraft,
  environmentProblems,
  newEnvironment,
  reportOf,
} from './environmentDraft';

const ID = 'operational-excellence-environment';

/** Reports an environment, or what changed of it; it is open while mounted. */
export const EnvironmentDialog = (props: {
  /** The one that is reported anew. */
  environment?: EnvironmentItem;
  /** The service that a new one is reported from. */
  entityRef?: string;
  onSaved: () => void;
  onClose: () => void;
}) => {
  const { entityRef, environment, onClose, onSaved } = props;
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const [acting, act] = useAct();
  const [begun] = useState(() =>
    environment ? draftOf(environment) : newEnvironment(entityRef),
  );
  const [draft, setDraft] = useState(begun);
  const [wasTried, setTried] = useState(false);
  const problems = environmentProblems(draft, {
    now: Date.now(),
    unchanged: begun.expiresAt,
  });
  const isIncomplete = Object.keys(problems).length > 0;
  const problemOf = (name: keyof EnvironmentDraft) => {
    const problem = wasTried ? problems[name] : undefined;
    return problem && t(`environments.form.problem.${problem}`);
  };
  const change = (changes: Partial<EnvironmentDraft>) => {
    // What is being sent does not change any more.
    if (acting.status !== 'sending') setDraft({ ...draft, ...changes });
  };
  const field = (
    name: Exclude<keyof EnvironmentDraft, 'kind' | 'expiresAt'>,
    label: string,
    hint?: string,
  ) => {
    const problem = problemOf(name);
    return {
      id: `${ID}-${name}`,
      size: 'small',
      variant: 'outlined',
      fullWidth: true,
      label,
      value: draft[name],
      onChange: ({ target }: { target: { value: string } }) =>
        change({ [name]: target.value }),
      error: problem !== undefined,
      helperText: problem ?? hint,
    } as const;
  };

  return (
    <ActDialog
      id={ID}
      title={
        environment
          ? t('environments.form.edit', { title: environment.title })
          : t('environments.form.report')
      }
      about={t('environments.form.about')}
      submit={t('environments.form.save')}
      acting={acting}
      isIncomplete={isIncomplete}
      onSubmit={() => {
        setTried(true);
        if (isIncomplete) return;
        act(async () => {
          const report = reportOf(draft, environment);
          await api.reportEnvironment(draft.name.trim(), report);
          onSaved();
        });
      }}
      onClose={onClose}
    >
      <TextField
        {...field(
          'name',
          t('environments.form.name'),
          t('environments.form.nameHint'),
        )}
        required
        disabled={environment !== undefined}
      />
      <TextField
        {...field('title', t('environments.form.titleField'))}
        required
      />
      <TextField
        id={`${ID}-kind`}
        select
        size="small"
        variant="outlined"
        fullWidth
        label={t('environments.form.kind')}
        value={draft.kind}
        onChange={({ target }) => {
          const kind = environmentKindSchema.safeParse(target.value);
          if (kind.success) change({ kind: kind.data });
        }}
        InputLabelProps={{ id: `${ID}-kind-label` }}
        SelectProps={{
          SelectDisplayProps: {
            'aria-labelledby': `${ID}-kind-label ${ID}-kind`,
          },
        }}
      >
        {environmentKindSchema.options.map(kind => (
          <MenuItem key={kind} value={kind}>
            {t(`environments.kind.${kind}`)}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        {...field(
          'ownerRef',
          t('environments.form.owner'),
          t('environments.form.ownerHint'),
        )}
        required
      />
      <TextField
        {...field(
          'entityRefs',
          t('environments.form.services'),
          t('environments.form.servicesHint'),
        )}
      />
      <TextField {...field('url', t('environments.form.url'))} />
      <TimeField
        id={`${ID}-expires`}
        label={t('environments.form.expires')}
        required={draft.kind === 'temporary'}
        value={draft.expiresAt}
        problem={problemOf('expiresAt')}
        onChange={expiresAt => change({ expiresAt })}
      />
    </ActDialog>
  );
};
