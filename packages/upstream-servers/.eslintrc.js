module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    {
      // Contract suites are tests that other packages call with their subject.
      files: ['src/testUtils/contracts/**'],
      rules: {
        'jest/expect-expect': 'off',
        'jest/no-export': 'off',
        'jest/no-standalone-expect': [
          'error',
          { additionalTestBlockFunctions: ['tests.test', 'beforeEach'] },
        ],
        'jest/valid-title': 'off',
        'jest/no-disabled-tests': 'off',
      },
    },
  ],
});
