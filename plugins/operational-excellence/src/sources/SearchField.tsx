import TextField from '@material-ui/core/TextField';
import { useState } from 'react';
import useDebounce from 'react-use/esm/useDebounce';
import { SEARCH_MAX_LENGTH } from '../search';

const TYPING_PAUSE_MS = 250;

/** Finds something by text, once typing pauses. */
export const SearchField = (props: {
  id: string;
  label: string;
  onChange: (text: string) => void;
}) => {
  const { id, label, onChange } = props;
  const [text, setText] = useState('');
  useDebounce(() => onChange(text.trim()), TYPING_PAUSE_MS, [text]);
  return (
    <TextField
      id={id}
      size="small"
      variant="outlined"
      type="search"
      label={label}
      value={text}
      onChange={({ target }) => setText(target.value)}
      inputProps={{ maxLength: SEARCH_MAX_LENGTH }}
    />
  );
};
