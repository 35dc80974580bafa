import { createFilterOptions } from '@material-ui/lab/Autocomplete';
import { useEffect, useRef } from 'react';
import { errorText } from '../feedback';
import type { LoadFailed } from '../loading';
import { useTexts } from '../translation';
import { ListWithNotice } from './ListWithNotice';
import type { Choice, Offer } from './Offer';
import type { Typing } from './useTyping';

/** Finds a choice by what it is called, and by the name that a reference has. */
const matching = createFilterOptions<Choice>({
  trim: true,
  stringify: ({ title, value }) =>
    `${title}\n${value.slice(value.lastIndexOf('/') + 1)}`,
});

/** What an offer has for what is typed. */
function found(
  all: readonly Choice[],
  text: string,
  { isTrusted }: { isTrusted: (choice: Choice) => boolean },
): Choice[] {
  const matches = new Set(
    matching([...all], {
      inputValue: text,
      getOptionLabel: ({ title }) => title,
    }),
  );
  return all.filter(choice => matches.has(choice) || isTrusted(choice));
}

/**
 * The list of a field that chooses among values, as the properties of an
 * `Autocomplete` of these values.
 */
export function useChoiceList(options: {
  label: string;
  offer: Offer;
  typing: Typing;
  /** They are listed, so that they can be taken back, whatever is offered. */
  chosen: readonly string[];
  /** Knows titles of what is chosen but not offered. */
  titleOf?: (value: string) => string | undefined;
}) {
  const { chosen, label, offer, titleOf, typing } = options;
  const { choices } = offer;
  const { t } = useTexts();

  // What was just chosen keeps its title once the list has closed.
  const seen = useRef(new Map<string, string>());
  useEffect(() => {
    for (const { title, value } of choices) seen.current.set(value, title);
  }, [choices]);

  const isCounted = choices.some(({ count }) => count !== undefined);
  const offered = new Set(choices.map(({ value }) => value));
  const all = [
    ...choices,
    ...chosen
      .filter(value => !offered.has(value))
      .map(value => ({
        value,
        title: titleOf?.(value) ?? seen.current.get(value) ?? value,
        // Whoever offers all that services have knows that none has this one.
        count: offer.status === 'all' && isCounted ? 0 : undefined,
      })),
  ];
  const byValue = new Map(all.map(choice => [choice.value, choice]));
  const titled = (value: string) => byValue.get(value)?.title ?? value;

  const text = typing.text?.trim() ?? '';
  const shown = text
    ? found(all, text, {
        // What was found by the text need not have it in the title. What is
        // chosen, or not counted, is offered without having been found.
        isTrusted: ({ count, value }) =>
          offer.foundBy === text &&
          count !== undefined &&
          !chosen.includes(value),
      })
    : all;

  const failureText = (failure: LoadFailed) => {
    switch (failure.status) {
      case 'forbidden':
        return t('facets.forbidden');
      case 'not-found':
        return t('facets.notFound');
      default:
        return t('facets.failed', { message: errorText(failure.error) });
    }
  };
  const notice = () => {
    switch (offer.status) {
      case 'loading':
        return t('scorecard.loadingOptions');
      case 'failed':
        return failureText(offer.failure);
      case 'some':
        return t('facets.more');
      default:
        return undefined;
    }
  };
  return {
    titled,
    list: {
      size: 'small' as const,
      open: typing.isOpen,
      onOpen: typing.onOpen,
      onClose: typing.onClose,
      onInputChange: typing.onInputChange,
      options: all.map(({ value }) => value),
      filterOptions: () => shown.map(({ value }) => value),
      loading: offer.status === 'loading',
      loadingText: <span role="status">{t('scorecard.loadingOptions')}</span>,
      noOptionsText: (
        <span role="status">
          {offer.status === 'failed'
            ? failureText(offer.failure)
            : t('scorecard.noOptions')}
        </span>
      ),
      clearText: t('scorecard.clearFilter', { filter: label }),
      openText: t('scorecard.showOptions', { filter: label }),
      closeText: t('scorecard.hideOptions', { filter: label }),
      getOptionLabel: titled,
      renderOption: (value: string) => {
        const count = byValue.get(value)?.count;
        return count === undefined
          ? titled(value)
          : `${titled(value)} (${count.toLocaleString()})`;
      },
      ListboxComponent: ListWithNotice,
      ListboxProps: { notice: notice() },
    },
  };
}
