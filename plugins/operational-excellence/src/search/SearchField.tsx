import InputAdornment from '@material-ui/core/InputAdornment';
import TextField from '@material-ui/core/TextField';
import SearchIcon from '@material-ui/icons/Search';
import { useEffect, useState } from 'react';
import useDebounce from 'react-use/esm/useDebounce';
import { SEARCH_MAX_LENGTH } from './searchMaxLength';

/** Short enough to feel at once, and yet one request for what is typed fast. */
const TYPING_PAUSE_MS = 100;

/** Free text, handed on once typing pauses. */
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
      onChange={({ target }) => setText(target.value)}
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
