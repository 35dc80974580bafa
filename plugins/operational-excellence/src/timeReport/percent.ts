// Making one takes longer than using it for a page of services.
const format = new Intl.NumberFormat(undefined, {
  style: 'percent',
  maximumFractionDigits: 1,
});

/** A share in the words of the reader's language, such as 12.5%. */
export function percent(share: number): string {
  return format.format(share);
}
