import { behaviours } from '../testUtils/index';
import {
  clientHarness,
  failureOf,
  good,
  TOKEN,
} from './__testUtils__/clientHarness';

const { json, redirect } = behaviours;

describe('createUpstreamClient, redirects', () => {
  const harness = clientHarness();

  it('follows those of a read within its host', async () => {
    harness.upstream.always(json(good));
    harness.upstream.next(redirect('/moved', 301), redirect('?page=2', 307));
    const response = await harness.read();
    expect(response).toMatchObject({ body: good, requests: 3 });
    expect(response.url).toBe(harness.upstream.url('/moved?page=2'));
    expect(harness.upstream.received[2].headers.authorization).toBe(
      `Bearer ${TOKEN}`,
    );
  });

  it('follows a search that is moved with its body', async () => {
    harness.upstream.always(json(good)).next(redirect('/moved', 308));
    await harness.write(undefined, { readOnly: true });
    expect(harness.upstream.received[1]).toMatchObject({
      method: 'POST',
      body: '{"title":"A"}',
    });
  });

  it('does not turn a search into something else', async () => {
    harness.upstream.always(redirect('/login', 302));
    const error = await failureOf(harness.write(undefined, { readOnly: true }));
    expect(error).toMatchObject({ kind: 'invalid-response', status: 302 });
    expect(harness.upstream.received).toHaveLength(1);
  });

  it('sends nothing to another host', async () => {
    const other = await harness.startUpstream();
    harness.upstream.always(redirect(`${other.url('/x')}?token=t0ps3cret`));
    const error = await failureOf(harness.read());
    expect(error).toMatchObject({ kind: 'invalid-response', status: 302 });
    expect(error.message).toContain(`127.0.0.1:${other.port}`);
    expect(error.message).not.toContain('t0ps3cret');
    expect(other.received).toHaveLength(0);
  });

  it('does not go in circles', async () => {
    harness.upstream.always(redirect('/again'));
    const error = await failureOf(harness.read());
    expect(error.message).toContain('more than 5 redirects');
    expect(harness.upstream.received).toHaveLength(6);
  });

  it.each(['', 'http://'])('refuses Location: %j', async location => {
    harness.upstream.always(redirect(location));
    const error = await failureOf(harness.read());
    expect(error.message).toContain('a redirect without a valid Location');
  });

  it('does not repeat a write elsewhere', async () => {
    harness.upstream.always(json(good)).next(redirect('/moved', 307));
    const error = await failureOf(harness.write());
    expect(error).toMatchObject({
      kind: 'invalid-response',
      mayHaveHappened: true,
    });
    expect(harness.upstream.received).toHaveLength(1);
  });

  it('hands them to a caller who wants them', async () => {
    harness.upstream.always(redirect('https://elsewhere.example/', 301));
    const response = await harness.read(undefined, { redirect: 'manual' });
    expect(response).toMatchObject({ status: 301, body: undefined });
    expect(response.headers.get('location')).toBe('https://elsewhere.example/');
  });
});
