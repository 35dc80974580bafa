import { IMPROVEMENT_TEXT_MAX } from 'backstage-plugin-operational-excellence-common';
import { useEffect, useRef } from 'react';
import { useTexts } from '../../translation';
import { DraftFieldsProps } from './DraftFields';
import { DraftTextField } from './DraftTextField';

/** From how many characters on it is said how many are left. */
const NEAR_LIMIT = IMPROVEMENT_TEXT_MAX.title - 55;

/** The title, which takes the focus as the form opens. */
export const TitleField = (props: DraftFieldsProps) => {
  const { t } = useTexts();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);

  const { length } = props.draft.title.trim();
  const left = IMPROVEMENT_TEXT_MAX.title - length;
  return (
    <DraftTextField
      {...props}
      field="title"
      label={t('improvement.titleField')}
      inputRef={input}
      required
      autoComplete="off"
      hint={
        length >= NEAR_LIMIT && left >= 0
          ? t('improvement.left', { count: left })
          : undefined
      }
    />
  );
};
