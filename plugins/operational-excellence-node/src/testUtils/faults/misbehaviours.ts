import {
  ask,
  Behaviour,
  behaviours,
  PassedAnswer,
  passOn,
  ReceivedRequest,
} from '../upstream';
import { openFor } from '../upstream/openFor';
import { Row, UpstreamProtocol } from './UpstreamProtocol';

/**
 * Where and how an upstream misbehaves.
 *
 * @public
 */
export interface FaultContext {
  serverUrl: string;
  protocol: UpstreamProtocol;
  random: () => number;
  /** Changes a row upstream. */
  stir: () => Promise<void>;
}

/**
 * Makes a behaviour that lasts for the whole of a fault.
 *
 * @public
 */
export type Misbehaviour = (context: FaultContext) => Behaviour;

const { html, json, rateLimited, slowHeaders } = behaviours;

/** Longer than clients wait. */
const TOO_LONG_MS = 31_500;

export const honest: Misbehaviour = ({ serverUrl }) => passOn(serverUrl);

export const lateHeaders: Misbehaviour = context =>
  slowHeaders(TOO_LONG_MS, honest(context));

/** Sends the true answer piece by piece. */
export const lateBody: Misbehaviour =
  ({ serverUrl }) =>
  async (request, response) => {
    const answer = await ask(serverUrl, request);
    response.writeHead(answer.status, {
      'content-type': answer.headers['content-type'] ?? 'application/json',
    });
    const pieces = 16;
    for (let piece = 0; piece < pieces && !response.destroyed; piece++) {
      const size = Math.ceil(answer.body.length / pieces);
      response.write(
        answer.body.slice(piece * size, (piece + 1) * size) || ' ',
      );
      await openFor(TOO_LONG_MS / pieces, response);
    }
    if (!response.destroyed) response.end();
  };

/** Breaks off at some byte of the true answer. */
export const resetAtByte: Misbehaviour =
  ({ serverUrl, random }) =>
  async (request, response) => {
    const { status, body, headers } = await ask(serverUrl, request);
    const sent = body.slice(0, Math.floor(random() * body.length));
    response.writeHead(status, {
      'content-type': headers['content-type'] ?? 'application/json',
      'content-length': String(Buffer.byteLength(body)),
    });
    response.write(sent || ' ', () => response.destroy());
  };

export const tooManyForSeconds =
  (seconds: number): Misbehaviour =>
  () =>
    rateLimited({ retryAfter: String(seconds) });

export const tooManyUntil =
  (seconds: number): Misbehaviour =>
  () =>
  (request, response) =>
    rateLimited({
      retryAfter: new Date(Date.now() + seconds * 1000).toUTCString(),
    })(request, response);

export const tooMany: Misbehaviour = () => rateLimited();

export const serverError =
  (status: number): Misbehaviour =>
  () =>
    json({ message: 'Something went wrong' }, { status });

export const pageForPeople: Misbehaviour = () => html();

export const truncated: Misbehaviour = ({ serverUrl, random }) =>
  passOn(serverUrl, answer => ({
    ...answer,
    body: answer.body.slice(0, Math.floor(random() * answer.body.length)),
  }));

/** A list with one value of a wrong type. */
export const wrongType: Misbehaviour = ({ serverUrl, protocol, random }) =>
  passOn(serverUrl, (answer, request) => {
    const rows = listed(answer, request, protocol);
    if (!rows?.length) return answer;
    const broken = Math.floor(random() * rows.length);
    return protocol.withRows(
      answer,
      rows.map((row, index) =>
        index === broken ? miswritten(row, random) : row,
      ),
    );
  });

/** The page before, in place of the one that was asked for. */
export const samePageAgain: Misbehaviour = ({ serverUrl, protocol }) => {
  let before: PassedAnswer | undefined;
  return passOn(serverUrl, (answer, request) => {
    if (!listed(answer, request, protocol)) return answer;
    const isNext = before !== undefined && protocol.promisesMore(before);
    before = isNext ? before! : answer;
    return before;
  });
};

/** A page that was promised, and is empty and the last one. */
export const emptyPage: Misbehaviour = ({ serverUrl, protocol }) => {
  let isPromised = false;
  return passOn(serverUrl, (answer, request) => {
    if (!listed(answer, request, protocol)) return answer;
    const given = isPromised ? protocol.withRows(answer, []) : answer;
    isPromised = protocol.promisesMore(given);
    return given;
  });
};

/** Rows that occur twice, on one page and on two. */
export const doubledRows: Misbehaviour = ({ serverUrl, protocol }) => {
  let carried: Row[] = [];
  return passOn(serverUrl, (answer, request) => {
    const rows = listed(answer, request, protocol);
    if (!rows?.length) return answer;
    const doubled = [...carried, ...rows.slice(0, 1), ...rows];
    carried = protocol.promisesMore(answer) ? rows.slice(-2) : [];
    return protocol.withRows(answer, doubled);
  });
};

/** True answers, after each of which a row changes, for a while. */
export const restlessRows: Misbehaviour = ({ serverUrl, protocol, stir }) => {
  let changes = 0;
  return passOn(serverUrl, async (answer, request) => {
    if (changes < 6 && listed(answer, request, protocol)) {
      changes += 1;
      await stir();
    }
    return answer;
  });
};

/** How far the clock of the upstream goes back: within the overlap of reads. */
const CLOCK_GOES_BACK_MS = 90_000;

export const clockGoesBack: Misbehaviour = ({ serverUrl, protocol }) => {
  const since = Date.now() - CLOCK_GOES_BACK_MS;
  return passOn(serverUrl, (answer, request) => {
    const date = Date.parse(String(answer.headers.date)) - CLOCK_GOES_BACK_MS;
    const earlier = {
      ...answer,
      headers: { ...answer.headers, date: new Date(date).toUTCString() },
    };
    const rows = listed(answer, request, protocol);
    if (!rows) return earlier;
    return protocol.withRows(
      earlier,
      rows.map(row => writtenEarlier(row, protocol.instants, since)),
    );
  });
};

/** Lists are empty, and whatever else is asked is refused. */
export const nothingForBadKey: Misbehaviour = ({ serverUrl, protocol }) => {
  const empty = passOn(serverUrl, (answer, request) =>
    listed(answer, request, protocol) ? protocol.withRows(answer, []) : answer,
  );
  return (request, response) =>
    (protocol.isList(request) ? empty : protocol.badKey)(request, response);
};

function listed(
  answer: PassedAnswer,
  request: ReceivedRequest,
  protocol: UpstreamProtocol,
): Row[] | undefined {
  return protocol.isList(request) && answer.status === 200
    ? protocol.rowsOf(JSON.parse(answer.body))
    : undefined;
}

/** The row with a value, at whatever depth, of another type. */
function miswritten(row: Row, random: () => number): Row {
  const copy: Row = structuredClone(row);
  const places = [...placesIn(copy)];
  const { holder, name } = places[Math.floor(random() * places.length)];
  holder[name] = ofAnotherType(holder[name]);
  return copy;
}

function* placesIn(value: Row): Generator<{ holder: Row; name: string }> {
  for (const [name, inner] of Object.entries(value)) {
    yield { holder: value, name };
    if (typeof inner === 'object' && inner !== null) {
      yield* placesIn(inner as Row);
    }
  }
}

function ofAnotherType(value: unknown): unknown {
  if (Array.isArray(value)) return { 0: 'first' };
  switch (typeof value) {
    case 'string':
      return 42;
    case 'number':
      return { value };
    case 'boolean':
      return 'maybe';
    default:
      return ['unexpected'];
  }
}

/** Only what happened of late, by the clock that went back. */
function writtenEarlier(
  row: Row,
  instants: readonly string[],
  since: number,
): Row {
  const copy: Row = structuredClone(row);
  for (const { holder, name } of placesIn(copy)) {
    const value = holder[name];
    if (!instants.includes(name)) continue;
    if (typeof value === 'string' && Date.parse(value) >= since) {
      const earlier = new Date(Date.parse(value) - CLOCK_GOES_BACK_MS);
      holder[name] = earlier.toISOString();
    }
    // Epoch seconds.
    if (typeof value === 'number' && value * 1000 >= since) {
      holder[name] = value - CLOCK_GOES_BACK_MS / 1000;
    }
  }
  return copy;
}
