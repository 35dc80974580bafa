import { MultipleChoice } from './MultipleChoice';
import type { Choice } from './Offer';
import { useTyping } from './useTyping';

/** Chooses among values that are given. */
export const ChoiceFilter = <Value extends string>(props: {
  label: string;
  /** Absent until they are known. */
  options: readonly Choice<Value>[] | undefined;
  value: readonly Value[];
  onChange: (value: Value[]) => void;
}) => {
  const { label, onChange, options, value } = props;
  const typing = useTyping();
  return (
    <MultipleChoice
      label={label}
      typing={typing}
      offer={
        options
          ? { status: 'all', choices: options }
          : { status: 'loading', choices: [] }
      }
      value={value}
      // Nothing else can be chosen than what was given.
      onChange={chosen => onChange(chosen as Value[])}
    />
  );
};
