import type { ReactNode } from 'react';

const MARK = 'operational-excellence-printable';

/**
 * Of the page only this is printed, over as many sheets as it takes: whatever
 * stands beside it is left out, and whatever it stands in neither scrolls nor
 * cuts it off. What has the class of `useNotPrinted` is left out of it.
 */
const PRINTED_ALONE = `@media print {
  *:has(.${MARK}) > *:not(:has(.${MARK})):not(.${MARK}) {
    display: none !important;
  }
  *:has(.${MARK}) {
    display: block !important;
    position: static !important;
    overflow: visible !important;
    width: auto !important;
    height: auto !important;
    min-height: 0 !important;
    max-height: none !important;
    margin: 0 !important;
    padding: 0 !important;
    background: none !important;
  }
  .${MARK}, .${MARK} * {
    color: #000 !important;
    background: none !important;
    box-shadow: none !important;
  }
}`;

/** The part of a page that is printed. */
export const Printable = (props: { children: ReactNode }) => (
  <div className={MARK}>
    <style>{PRINTED_ALONE}</style>
    {props.children}
  </div>
);
