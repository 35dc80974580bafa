import { chainDepths } from './chainDepths';

const link = (id: string, alternativeTo: string | null) => ({
  id,
  alternativeTo,
  title: id,
  stage: 'open' as const,
  ticketKey: null,
  ticketUrl: null,
});

describe('chainDepths', () => {
  it('grows with every alternative', () => {
    expect(
      chainDepths([link('1', null), link('2', '1'), link('3', '2')]),
    ).toEqual([0, 1, 2]);
  });

  it('is that of the siblings where there are two alternatives', () => {
    expect(
      chainDepths([link('1', null), link('2', '1'), link('3', '1')]),
    ).toEqual([0, 1, 1]);
  });

  it('begins anew where what came before may not be seen', () => {
    expect(chainDepths([link('2', 'hidden'), link('3', '2')])).toEqual([0, 1]);
  });
});
