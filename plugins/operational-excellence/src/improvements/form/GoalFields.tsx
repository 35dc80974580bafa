import Typography from '@material-ui/core/Typography';
import { useTexts } from '../../translation';
import { hasGoal } from '../draft';
import { DraftFieldsProps } from './DraftFields';
import { DraftTextField } from './DraftTextField';
import { useFormStyles } from './useFormStyles';

/** What is to become true, and how that is measured. */
export const GoalFields = (props: DraftFieldsProps) => {
  const classes = useFormStyles();
  const { t } = useTexts();
  const isRequired = hasGoal(props.draft);
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{t('improvement.goal')}</legend>
      <Typography variant="body2" color="textSecondary">
        {t('improvement.goalHint')}
      </Typography>
      <DraftTextField
        {...props}
        field="goalMeasure"
        label={t('improvement.goalMeasure')}
        required={isRequired}
        placeholder={t('improvement.goalMeasureExample')}
      />
      <div className={classes.thirds}>
        <DraftTextField
          {...props}
          field="goalFrom"
          label={t('improvement.goalFrom')}
        />
        <DraftTextField
          {...props}
          field="goalTo"
          label={t('improvement.goalTo')}
          required={isRequired}
        />
        <DraftTextField
          {...props}
          field="goalBy"
          label={t('improvement.goalBy')}
          type="date"
          InputLabelProps={{ shrink: true }}
        />
      </div>
    </fieldset>
  );
};
