import { MarkdownField } from '../../markdown';
import { useTexts } from '../../translation';
import { DraftFieldsProps, fieldId } from './DraftFields';
import { useProblemText } from './useProblemText';

/** The description in markdown, as it is typed and as it will look. */
export const DescriptionField = (props: DraftFieldsProps) => {
  const { draft, onChange, problems } = props;
  const problemText = useProblemText();
  const { t } = useTexts();
  return (
    <MarkdownField
      id={fieldId('description')}
      label={t('improvement.description')}
      viewsLabel={t('improvement.descriptionViews')}
      value={draft.description}
      problem={problemText(problems.description)}
      onChange={description => onChange({ description })}
    />
  );
};
