import { useState } from 'react';
import { SEARCH_MAX_LENGTH } from '../search';

/** What a person does with a field that has a list of choices. */
export interface Typing {
  isOpen: boolean;
  /** What is being typed; absent while the field shows what was chosen. */
  text: string | undefined;
  onOpen: () => void;
  onClose: () => void;
  onInputChange: (event: unknown, text: string, reason: string) => void;
}

export function useTyping(): Typing {
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState<string>();
  return {
    isOpen,
    text,
    onOpen: () => setOpen(true),
    onClose: () => setOpen(false),
    onInputChange: (_, typed, reason) =>
      setText(
        reason === 'input' ? typed.slice(0, SEARCH_MAX_LENGTH) : undefined,
      ),
  };
}
