import InputAdornment from '@material-ui/core/InputAdornment';
import TextField from '@material-ui/core/TextField';
import SearchIcon from '@material-ui/icons/Search';
import { useEffect, useState } from 'react';
import useDebounce from 'react-use/esm/useDebounce';
import { useTexts } from '../../translation';

const TYPING_PAUSE_MS = 250;

/** Finds exercises by their titles, once typing pauses. */
export const TitleSearch = (props: {
  value: string;
  onChange: (value: string) => void;
}) => {
  const { onChange, value } = props;
  const { t } = useTexts();
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
      id="operational-excellence-exercise-search"
      size="small"
      variant="outlined"
      type="search"
      label={t('exercises.filter.search')}
      value={text}
      onChange={({ target }) => setText(target.value)}
      inputProps={{ maxLength: 200 }}
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
