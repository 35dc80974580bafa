import { issueBody } from './issueBody';
import { writeMarker } from './marker';

const KEY = '0b0f4c63';

describe('issueBody', () => {
  it('leaves the description as it was written', () => {
    const description = '# Why\n\n- [ ] ask @mira, see #12\n';
    expect(
      issueBody(
        {
          description,
          entityRef: 'component:default/payments',
          priority: null,
        },
        KEY,
      ),
    ).toBe(
      `${description}\n\n---\n\nFiled in Backstage for \`component:default/payments\`.\n\n${writeMarker(
        KEY,
      )}`,
    );
  });

  it('does without a description', () => {
    expect(
      issueBody(
        {
          description: ' \n',
          entityRef: 'component:default/payments',
          priority: 'high',
        },
        KEY,
      ),
    ).toBe(
      `Filed in Backstage for \`component:default/payments\`, priority \`high\`.\n\n${writeMarker(
        KEY,
      )}`,
    );
  });

  it('notifies nobody by what it adds', () => {
    const body = issueBody(
      {
        description: '',
        entityRef: 'component:default/`@acme/all`\n#1',
        priority: '`\n\n@mira',
      },
      KEY,
    );
    expect(body.split('\n')[0]).toBe(
      'Filed in Backstage for `component:default/ @acme/all #1`, priority `@mira`.',
    );
  });
});
