/** A share in the words of the reader's language, such as 12.5%. */
export function percent(share: number): string {
  return share.toLocaleString(undefined, {
    style: 'percent',
    maximumFractionDigits: 1,
  });
}
