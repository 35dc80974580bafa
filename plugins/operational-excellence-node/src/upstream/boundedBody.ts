/** What could be read of a body within a limit. */
export interface BoundedBody {
  text: string;
  /** Whether there was more. */
  cut: boolean;
}

/**
 * Reads a body up to a number of bytes and leaves the rest alone. The limit
 * counts decompressed bytes, so that a small answer cannot blow up either.
 */
export async function readBounded(
  response: Response,
  maxBytes: number,
): Promise<BoundedBody> {
  if (!response.body) return { text: '', cut: false };
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { text: text + decoder.decode(), cut: false };
    const left = maxBytes - bytes;
    bytes += value.byteLength;
    text += decoder.decode(value.subarray(0, left), { stream: true });
    if (bytes > maxBytes) {
      await reader.cancel();
      return { text, cut: true };
    }
  }
}
