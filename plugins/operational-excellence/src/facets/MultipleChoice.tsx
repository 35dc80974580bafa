import TextField from '@material-ui/core/TextField';
import Autocomplete from '@material-ui/lab/Autocomplete';
import { useMemo } from 'react';
import type { Offer } from './Offer';
import { useChoiceList } from './useChoiceList';
import type { Typing } from './useTyping';

/** Chooses several of what is offered. */
export const MultipleChoice = (props: {
  label: string;
  offer: Offer;
  typing: Typing;
  titleOf?: (value: string) => string | undefined;
  value: readonly string[];
  onChange: (value: string[]) => void;
}) => {
  const { label, offer, onChange, titleOf, typing, value } = props;
  const { list } = useChoiceList({
    label,
    offer,
    typing,
    chosen: value,
    titleOf,
  });
  // The field forgets what is typed whenever it is given another list.
  const key = JSON.stringify(value);
  const chosen = useMemo<string[]>(() => JSON.parse(key), [key]);
  return (
    <Autocomplete
      {...list}
      multiple
      limitTags={1}
      disableCloseOnSelect
      value={chosen}
      inputValue={typing.text ?? ''}
      onChange={(_, next) => onChange(next)}
      renderInput={params => (
        <TextField {...params} variant="outlined" label={label} />
      )}
    />
  );
};
