import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: ['test/e2e/**', '**/*.browser.test.ts'],
          environment: 'node',
          // A hang is a failure; a slow machine is not.
          testTimeout: 60_000,
        },
      },
    ],
  },
});
