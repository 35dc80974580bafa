module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    // Tests run against the local FIS endpoint, which is another plugin.
    '@backstage/no-mixed-plugin-imports': [
      'warn',
      { excludedFiles: ['**/__testUtils__/**', '**/*.test.ts'] },
    ],
  },
});
