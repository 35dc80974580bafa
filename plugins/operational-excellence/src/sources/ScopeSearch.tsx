import { useTranslationRef } from '@backstage/frontend-plugin-api';
import TextField from '@material-ui/core/TextField';
import { useState } from 'react';
import useDebounce from 'react-use/esm/useDebounce';
import { operationalExcellenceTranslationRef } from '../translation';

const TYPING_PAUSE_MS = 250;

/** Finds scopes by text, once typing pauses. */
export const ScopeSearch = (props: {
  id: string;
  onChange: (text: string) => void;
}) => {
  const { id, onChange } = props;
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
  const [text, setText] = useState('');
  useDebounce(() => onChange(text.trim()), TYPING_PAUSE_MS, [text]);
  return (
    <TextField
      id={id}
      size="small"
      variant="outlined"
      type="search"
      label={t('sources.searchScopes')}
      value={text}
      onChange={({ target }) => setText(target.value)}
      inputProps={{ maxLength: 200 }}
    />
  );
};
