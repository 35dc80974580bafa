// Puts load on a URL and measures every single answer: autocannon's own
// percentiles are whole milliseconds.
import autocannon from 'autocannon';

/**
 * @param {{ url: string, token: string, connections: number, seconds: number }} options
 * @returns {Promise<{ times: number[], seconds: number, bytes: number }>} the
 * times of the answers, milliseconds
 */
export function load({ url, token, connections, seconds }) {
  return new Promise((resolve, reject) => {
    const times = [];
    const failures = new Map();
    let bytes = 0;
    const run = autocannon(
      {
        url,
        connections,
        duration: seconds,
        headers: { authorization: `Bearer ${token}` },
      },
      (error, result) => {
        if (error) reject(error);
        else if (failures.size > 0 || result.errors > 0) {
          reject(
            new Error(
              `${url} failed: ${JSON.stringify([...failures])}, ${
                result.errors
              } errors`,
            ),
          );
        } else resolve({ times, seconds: result.duration, bytes });
      },
    );
    run.on('response', (_client, status, responseBytes, responseTime) => {
      if (status === 200) {
        times.push(responseTime);
        bytes = responseBytes;
      } else failures.set(status, (failures.get(status) ?? 0) + 1);
    });
  });
}

/** The nearest-rank percentile of some numbers. */
export function percentile(numbers, percent) {
  const ascending = [...numbers].sort((a, b) => a - b);
  return ascending[Math.ceil((percent / 100) * ascending.length) - 1];
}

/**
 * Measures some URLs in turns, so that whatever else the machine does meets all
 * of them alike.
 *
 * @param {Record<string, string>} urls
 * @returns {Promise<Record<string, { p50: number, p95: number, p99: number, perSecond: number, bytes: number }>>}
 */
export async function compare(urls, { token, connections, seconds, rounds }) {
  const measured = Object.fromEntries(
    Object.keys(urls).map(name => [name, { times: [], seconds: 0, bytes: 0 }]),
  );
  for (let round = 0; round < rounds; round++) {
    for (const [name, url] of Object.entries(urls)) {
      const result = await load({ url, token, connections, seconds });
      for (const time of result.times) measured[name].times.push(time);
      measured[name].seconds += result.seconds;
      measured[name].bytes = result.bytes;
    }
  }
  return Object.fromEntries(
    Object.entries(measured).map(([name, { times, seconds: total, bytes }]) => [
      name,
      {
        p50: percentile(times, 50),
        p95: percentile(times, 95),
        p99: percentile(times, 99),
        perSecond: times.length / total,
        bytes,
      },
    ]),
  );
}
