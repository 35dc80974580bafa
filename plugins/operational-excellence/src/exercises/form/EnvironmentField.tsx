import { EnvironmentSelect } from '../../environments/EnvironmentSelect';
import { useTexts } from '../../translation';
import { fieldId, PlanFieldsProps } from './PlanFields';

/** In which environment it is held, of those that there are. */
export const EnvironmentField = (props: PlanFieldsProps) => {
  const { draft, onChange } = props;
  const { t } = useTexts();
  return (
    <EnvironmentSelect
      id={fieldId('environment')}
      label={t('exercises.field.environment')}
      value={draft.environment}
      onChange={environment => onChange({ environment })}
    />
  );
};
