import { improvementOriginKindSchema } from 'backstage-plugin-operational-excellence-common';
import { useTexts } from '../../translation';
import { DraftFieldsProps } from './DraftFields';
import { DraftSelect } from './DraftSelect';
import { DraftTextField } from './DraftTextField';
import { useFormStyles } from './useFormStyles';
import { useProblemText } from './useProblemText';

const KINDS = improvementOriginKindSchema.options;

/** What made somebody file it, with its link. */
export const OriginFields = (props: DraftFieldsProps) => {
  const { draft, onChange, problems } = props;
  const classes = useFormStyles();
  const { t } = useTexts();
  const problemText = useProblemText();
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{t('improvement.origin')}</legend>
      <div className={classes.thirds}>
        <DraftSelect
          field="originKind"
          label={t('improvement.originKind')}
          value={draft.originKind}
          problem={problemText(problems.originKind)}
          onChange={value =>
            onChange({ originKind: KINDS.find(kind => kind === value) ?? '' })
          }
          options={[
            { value: '', label: t('improvement.notSaid') },
            ...KINDS.map(kind => ({
              value: kind,
              label: t(`improvement.originKinds.${kind}`),
            })),
          ]}
        />
        <DraftTextField
          {...props}
          field="originUrl"
          label={t('improvement.originUrl')}
          type="url"
          inputProps={{ inputMode: 'url' }}
          placeholder="https://"
        />
      </div>
    </fieldset>
  );
};
