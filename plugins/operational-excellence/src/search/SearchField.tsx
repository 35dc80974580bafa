import InputAdornment from '@material-ui/core/InputAdornment';
import TextField from '@material-ui/core/TextField';
import SearchIcon from '@material-ui/icons/Search';
import { useEffect, useState } from 'react';
import useDebounce from 'react-use/esm/useDebounce';
import { SEARCH_MAX_LENGTH } from './searchMaxLength';

/** Not felt, and yet one request for a key that is held down. */
const TYPING_PAUSE_MS = 40;

/** Whether a text was not typed letter by letter, but pasted or cleared. */
function isAtOnce(text: string, before: string) {
  return text === '' || Math.abs(text.length - before.length) > 1;
}

/** Free text, handed on once typing pauses; at once where it is pasted or cleared. */
export const SearchField = (props: {
  /** Unique on the page. */
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
}) => {
  const { id, label, onChange, value } = props;
  const [text, setText] = useState(value);
  // The URL may change by other means, such as the back button.
  useEffect(() => setText(value), [value]);
  useDebounce(
    () => {
      if (text !== value) onChange(text);
    },
    TYPING_PAUSE_MS,
    [text],
  );
  return (
    <TextField
      id={id}
      size="small"
      variant="outlined"
      type="search"
      label={label}
      value={text}
      onChange={({ target }) => {
        setText(target.value);
        if (target.value !== value && isAtOnce(target.value, text)) {
          onChange(target.value);
        }
      }}
      inputProps={{ maxLength: SEARCH_MAX_LENGTH }}
      InputProps={{
        startAdornment: (
          <InputAdornment position="start">
            <SearchIcon fontSize="small" />
          </InputAdornment>
        ),
      }}
    />
  );
};
