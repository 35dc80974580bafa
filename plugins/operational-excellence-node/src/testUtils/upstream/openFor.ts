import { ServerResponse } from 'node:http';

/** Waits, but no longer than the connection is open. */
export function openFor(ms: number, response: ServerResponse): Promise<void> {
  return new Promise<void>(resolve => {
    const timer = setTimeout(end, ms);
    response.on('close', end);
    function end() {
      clearTimeout(timer);
      response.off('close', end);
      resolve();
    }
  });
}
