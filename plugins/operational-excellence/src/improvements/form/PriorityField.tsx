import { improvementPrioritySchema } from 'backstage-plugin-operational-excellence-common';
import { useTexts } from '../../translation';
import { DraftFieldsProps } from './DraftFields';
import { DraftSelect } from './DraftSelect';

const PRIORITIES = improvementPrioritySchema.options;

export const PriorityField = (props: DraftFieldsProps) => {
  const { draft, onChange } = props;
  const { t } = useTexts();
  return (
    <DraftSelect
      field="priority"
      label={t('improvement.priority')}
      value={draft.priority}
      onChange={value =>
        onChange({ priority: PRIORITIES.find(each => each === value) ?? '' })
      }
      options={[
        { value: '', label: t('improvement.notSaid') },
        ...PRIORITIES.map(priority => ({
          value: priority,
          label: t(`improvement.priorities.${priority}`),
        })),
      ]}
    />
  );
};
