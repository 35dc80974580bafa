/** Long enough for a browser to begin with what it was told to download. */
const KEPT_MS = 60_000;

/** Has the browser save a file as it saves downloads. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
